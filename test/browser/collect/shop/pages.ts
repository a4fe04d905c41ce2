/** The parts of a shop's page: TikTok's base code, and the calls that a shop makes. */
import { loaderUrl, type Manner } from '../../../../local/shop/pixel/manners.ts';
import type { Flow } from './shop.ts';

export const code = 'PIXEL1';

/** @returns TikTok's base code in other words, with `load` of one pixel; `blocked`: its script never arrives */
export function baseCode(flow: Flow, manner: Manner | 'blocked' = 'methods', options = '{}'): string {
  const url =
    manner === 'blocked'
      ? `/${flow.id}/blocked/loader.js`
      : loaderUrl(`/${flow.id}/pixel`, manner, `/${flow.id}/copies`);
  return `!function (w, d, t) {
    w.TiktokAnalyticsObject = t; var ttq = w[t] = w[t] || [];
    ttq.methods = 'page track identify instances debug on off once ready alias group enableCookie disableCookie holdConsent revokeConsent grantConsent'.split(' ');
    ttq.setAndDefer = function (o, m) { o[m] = function () { o.push([m].concat([].slice.call(arguments, 0))) } };
    for (var i = 0; i < ttq.methods.length; i++) ttq.setAndDefer(ttq, ttq.methods[i]);
    ttq.instance = function (c) { for (var o = ttq._i[c] || [], n = 0; n < ttq.methods.length; n++) ttq.setAndDefer(o, ttq.methods[n]); return o };
    ttq.load = function (c, o) {
      ttq._i = ttq._i || {}; ttq._i[c] = []; ttq._i[c]._u = ${JSON.stringify(url)}; ttq._t = ttq._t || {}; ttq._t[c] = +new Date;
      ttq._o = ttq._o || {}; ttq._o[c] = o || {};
      var s = d.createElement('script'); s.async = true; s.src = ${JSON.stringify(url)} + '?sdkid=' + c + '&lib=' + t;
      var f = d.getElementsByTagName('script')[0]; f.parentNode.insertBefore(s, f);
    };
    ttq.load('${code}', ${options}); ttq.page();
  }(window, document, 'ttq');`;
}

export const script = (text: string, nonce?: string): string =>
  `<script${nonce === undefined ? '' : ` nonce="${nonce}"`}>${text}</script>`;

export const head = (...parts: readonly string[]): string =>
  `<!doctype html><html><head><meta charset="utf-8"><link rel="icon" href="data:,">${parts.join('\n')}</head><body><button data-events-manager="Built">Built</button><p>Shop</p></body></html>`;

/** The usual page: the tag, the pixel, then the shop's own calls. */
export const usualPage =
  (calls = '', manner: Manner | 'blocked' = 'methods') =>
  (tag: string, flow: Flow): string =>
    head(tag, script(baseCode(flow, manner)), script(calls));
