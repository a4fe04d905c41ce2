/** The browser script: takes over what the snippet caught, and sends each event to the stage that the script came from. */
import { install } from './catch.ts';
import { watchPageViews } from './page-views.ts';
import { receive } from './receive.ts';
import { flush, url } from './send.ts';

try {
  const api = window.tiktokEvents || install();
  // A page can load the script twice.
  if (Array.isArray(api.q) && url) {
    const waiting = api.q;
    api.u = settings.untouched;
    api.q = {
      push(call) {
        try {
          receive(call);
          flush();
        } catch {}
      },
    };
    for (const call of waiting)
      try {
        receive(call);
      } catch {}
    if (settings.pageViews) watchPageViews(api);
    flush();
    addEventListener('online', flush);
  }
} catch {}
