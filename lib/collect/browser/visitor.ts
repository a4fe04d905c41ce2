/** The click id and the visitor id. Both are looked for when an event leaves, never before consent. */
import { tab } from './tab.ts';

/** What is in the parentheses of the first match. */
const find = (text: string, pattern: string | RegExp): string | undefined => (text.match(pattern) || [])[1];

/** With a dot in front, so that `shop.example` is an end of `www.shop.example` but not of `myshop.example`. */
const hostOf = (url: string): string => `.${url.split('/')[2]}`.replace('.www.', '.');

/** The page's address now and at first, then the page before on this host, or on one above or below it. */
function freshClickId(): string | undefined {
  const { href } = location;
  const { referrer } = document;
  const there = hostOf(referrer);
  const here = hostOf(href);
  const own = there.endsWith(here) || here.endsWith(there) ? referrer : '';
  // TikTok's click ids need no escapes. An unfilled macro, such as `__CLICKID__`, must not hide the click id of a cookie.
  return find(`${href} ${Object(window.tiktokEvents).h} ${own}`, /[?&#;]ttclid=(?!__)([^&# ]+)/);
}

/**
 * Reads `document.cookie` once: each reading waits for another process of the browser.
 * @returns the ids for the requests of this moment: `c` and `p` of their form
 */
export function currentIds(): { readonly c: string | undefined; readonly p: string | undefined } {
  const jar = `; ${document.cookie}`;
  const cookie = (name: string) => find(jar, `; ${name}=([^;]*)`);
  const visitor = cookie('_ttp');
  const click = cookie('_tte');
  const fresh = freshClickId();
  // A landing: the server has to set a cookie that it has not heard of from this tab.
  tab.n = tab.n || !(tab.p || visitor) || ![undefined, tab.c, click].includes(fresh);
  tab.c = fresh || tab.c;
  if (!visitor) tab.p = tab.p || newVisitorId();
  return { c: tab.c || click || cookie('ttclid'), p: visitor || tab.p };
}

/**
 * TikTok's own have this form: a ULID (10 characters of time, 16 of chance) and a suffix. It is no secret, so it needs no
 * secure chance: two visitors of one millisecond must differ, no more.
 */
function newVisitorId(): string {
  let time = Date.now();
  let text = '_.tt.1';
  for (let index = 26; index--; ) {
    text = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[((index < 10 ? time : Math.random() * 32) % 32) | 0] + text;
    if (index < 10) time /= 32;
  }
  return text;
}
