/**
 * Catches the calls of TikTok's pixel, each once: queued, pushed, through `instance`, before and after TikTok's script has
 * replaced methods, object or property, and when other scripts have patched them.
 */
import type { Accessors, Api, Foreign, Method } from './globals.ts';
import { runCall } from './run-call.ts';
import { untouched } from './untouched.ts';
import { ours, watch } from './watch.ts';

/** In one text, and the same ones for `tiktokEvents`: each byte of the tag is in every page. */
const methods = 'track identify holdConsent grantConsent revokeConsent load instance push'.split(' ');

/** Puts `tiktokEvents` on the page, and watches for the pixel from now on. */
export function install(): Api {
  const api: Api & Record<string, unknown> = { q: [], u: untouched, h: location.href };

  /** A queued call: `[method, ...arguments]`. */
  const queued = (code?: unknown) => (item: unknown) => {
    if (!Array.isArray(item) || ours.has(item)) return item;
    const [method, ...given] = item;
    const next = runCall(api, method, given, (args) => [method, ...args], code);
    ours.add(next);
    return next;
  };

  /** One wrapper for each assigned function: calling the newest one would recurse for ever through a patch. */
  function wrap<T>(inner: T, method: string, code?: unknown): T;
  function wrap(inner: unknown, method: string, code?: unknown): unknown {
    if (typeof inner !== 'function' || (ours.has(inner) && !code)) return inner;
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
      const pixel: Foreign & Accessors = Object(found);
      if (Array.isArray(found) && !ours.has(found)) found.splice(0, 1e4, ...found.map(queued(code)));
      ours.add(pixel);
      for (const method of methods) watch(pixel, method, (inner) => wrap(inner, method, code));
      for (const each in pixel._i) hook(pixel._i[each], each);
    } catch {
      // The list of a frozen pixel cannot be changed.
    }
    return found;
  }

  function look(): Foreign | undefined {
    const name = window.TiktokAnalyticsObject || 'ttq';
    watch(page, name, hook);
    return hook(page[name]);
  }

  // The pixel's own wrapper takes the call inside this one as the same. Without a pixel it fails, and the call is ours alone.
  for (const method of methods)
    api[method] = wrap((...args: unknown[]) => {
      try {
        Object(look())[method](...args);
      } catch {}
    }, method);
  window.tiktokEvents = api;
  look();
  // `window` never gets the load events of scripts.
  document.addEventListener('load', look, true);
  return api;
}
