/**
 * Catches the calls of TikTok's pixel, each once: queued, pushed, through `instance`, before and after TikTok's script has
 * replaced methods, object or property, and when other scripts have patched them.
 */
import type { Api, Foreign, Method } from './globals.ts';
import { runCall } from './run-call.ts';
import { ours, watch } from './watch.ts';

const forPages = ['track', 'identify', 'holdConsent', 'grantConsent', 'revokeConsent'] as const;

const isMethod = (value: unknown): value is Method => typeof value === 'function';

/** Puts `tiktokEvents` on the page, and watches for the pixel from now on. */
export function install(): Api {
  const api: Api = { q: [], u: settings.untouched, h: location.href };

  /** A queued call: `[method, ...arguments]`. */
  const queued = (code?: unknown) => (item: unknown) => {
    if (!Array.isArray(item) || ours.has(item)) return item;
    const [method, ...given] = item;
    const next = runCall(api, method, given, (args) => [method, ...args], code);
    ours.add(next);
    return next;
  };

  /** One wrapper for each assigned function: calling the newest one would recurse for ever through a patch. */
  function wrap(inner: Method, method: string, code?: unknown): Method {
    if (ours.has(inner) && !code) return inner;
    const wrapper: Method = function (...given) {
      if (method === 'push') return inner.apply(this, given.map(queued(code)));
      if (method === 'instance') return hook(inner.apply(this, given), given[0]);
      return runCall(api, method, given, (args) => inner.apply(this, args), code);
    };
    ours.add(wrapper);
    return wrapper;
  }

  /** Watches the methods of the pixel, or of one of its instances, and catches what waits in its queue. */
  function hook<T>(found: T, code?: unknown): T {
    try {
      const pixel: Foreign = Object(found);
      if (Array.isArray(found) && !ours.has(found)) found.splice(0, 1e4, ...found.map(queued(code)));
      ours.add(pixel);
      for (const method of [...forPages, 'load', 'instance', 'push'])
        watch(pixel, method, (inner) => (isMethod(inner) ? wrap(inner, method, code) : inner));
      for (const each in pixel._i) hook(pixel._i[each], each);
    } catch {
      // A frozen pixel cannot be watched.
    }
    return found;
  }

  function look(): Foreign | undefined {
    const name = window.TiktokAnalyticsObject || 'ttq';
    try {
      watch(page, name, hook);
    } catch {}
    return hook(page[name]);
  }

  for (const method of forPages)
    api[method] = (...args) => {
      try {
        const pixel = look();
        wrap(Object(pixel)[method] || (() => {}), method).apply(pixel, args);
      } catch {}
    };
  window.tiktokEvents = api;
  look();
  // `window` never gets the load events of scripts.
  document.addEventListener('load', look, true);
  return api;
}
