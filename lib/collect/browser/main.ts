/** The browser script: takes over what the snippet caught, and sends each event to the stage that the script came from. */
import { install } from './catch.ts';
import { watchPageViews } from './page-views.ts';
import { receive } from './receive.ts';
import { flush, url } from './send.ts';
import { untouched } from './untouched.ts';

const api = window.tiktokEvents || install();
// A page can load the script twice.
if (Array.isArray(api.q) && url) {
  const waiting = api.q;
  api.u = untouched;
  api.q = {
    push(call) {
      receive(call);
      flush();
    },
  };
  waiting.forEach(receive);
  if (settings.pageViews) watchPageViews(api);
  // In a task of its own: the first request, cookie and storage of a page take longer than all else here.
  setTimeout(flush);
  addEventListener('online', flush);
}
