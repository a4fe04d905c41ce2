/** The click id and the visitor id. Both are looked for when an event leaves, never before consent. */
import { readCookie } from './cookies.ts';
import { tab } from './tab.ts';

/** TikTok's click ids need no escapes. An unfilled macro, such as `__CLICKID__`, must not hide the click id of a cookie. */
const clickIdIn = (url: string): string | undefined => (url.match(/[?&#;]ttclid=(?!__)([^&#]+)/) || [])[1];

/** With a dot in front, so that `shop.example` is an end of `www.shop.example` but not of `myshop.example`. */
const hostOf = (url: string): string => `.${url.split('/')[2]}`.replace('.www.', '.');

/** The page's address now and at first, then the page before on this host, or on one above or below it. */
function freshClickId(): string | undefined {
  const there = hostOf(document.referrer);
  const here = hostOf(location.href);
  const isOwn = there.endsWith(here) || here.endsWith(there);
  return (
    clickIdIn(location.href) ||
    clickIdIn(Object(window.tiktokEvents).h) ||
    clickIdIn(isOwn ? document.referrer : '')
  );
}

/** Whether the server has to set a cookie that it has not heard of from this tab. */
export function needsCookies(): boolean {
  return !(tab.p || readCookie('_ttp')) || ![undefined, tab.c, readCookie('_tte')].includes(freshClickId());
}

/** @returns the ids for one request: `c` and `p` of its form */
export function currentIds(): { readonly c: string | undefined; readonly p: string } {
  tab.c = freshClickId() || tab.c;
  const p = readCookie('_ttp') || tab.p || newVisitorId();
  if (!readCookie('_ttp')) tab.p = p;
  return { c: tab.c || readCookie('_tte') || readCookie('ttclid'), p };
}

/** TikTok's own have this form: a ULID (10 characters of time, 16 of chance) and a suffix. */
function newVisitorId(): string {
  let time = Date.now();
  let text = '_.tt.1';
  crypto.getRandomValues(new Uint8Array(26)).forEach((byte, index) => {
    const digit = (index < 16 ? byte : time) % 32;
    if (index >= 16) time = (time - digit) / 32;
    text = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[digit] + text;
  });
  return text;
}
