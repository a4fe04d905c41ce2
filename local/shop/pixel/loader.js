/**
 * Plays TikTok's `events.js`, the first of the pixel's two scripts: it drains nothing, leaves marks on `ttq`, and loads the
 * second one, beside it and with the same query. `?manner=` is one of manners.ts, `?to=` the path that gets the copies.
 */
(() => {
  const src = new URL(document.currentScript.src.replace(/\?(.*)\?/, '?$1&'));
  const pixel = window[window.TiktokAnalyticsObject || 'ttq'];
  pixel._env = { env: 'external', key: '' };
  pixel._plugins = { AdvancedMatching: true, AutoAdvancedMatching: true };
  if (pixel._isLoading) return;
  pixel._isLoading = true;
  const runtime = document.createElement('script');
  runtime.async = true;
  runtime.src = new URL(`runtime.js${src.search}`, src).href;
  document.head.appendChild(runtime);
})();
