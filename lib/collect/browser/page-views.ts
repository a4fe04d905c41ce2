/** Page views: `Pageview` once for each path and query, for the pixel and the stage with one id. */
import type { Api } from './globals.ts';

/** Starts with this page, and follows a single-page app. */
export function watchPageViews(api: Api): void {
  let last: string | undefined;
  const view = (): void => {
    const now = location.href.split('#')[0];
    if (now === last) return;
    last = now;
    Object(api).track('Pageview', {});
  };
  for (const method of ['pushState', 'replaceState'] as const) {
    const inner = history[method];
    history[method] = function (...args) {
      inner.apply(this, args);
      view();
    };
  }
  addEventListener('popstate', view);
  // The pixel's base code can come below the tag.
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', view);
  else view();
}
