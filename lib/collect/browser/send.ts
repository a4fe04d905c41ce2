/** Sends each event at once, and keeps it until an answer says that it arrived. */
import type { Post } from '../wire.ts';
import { deleteCookies } from './cookies.ts';
import { clearTab, saveTab, tab, takeTab, type WaitingEvent } from './tab.ts';
import { currentIds } from './visitor.ts';

/** Beside the address of this script; empty, or an error that ends this script, for a script without one. */
export const url: string = Object(document.currentScript).src.replace(/v1\/browser[./].*/, 'v1/collect');

/**
 * The latest call of consent. Nothing is read, kept or sent before the grant. A revocation drops the events that follow it; a
 * hold keeps them for the grant.
 */
export let consent = settings.consent === 'require' ? 'holdConsent' : 'grantConsent';

let tries = 0;
let timer = 0;
/** Bytes on their way. */
let flying = 0;

export function decide(call: string): void {
  if (/Consent/.test(call)) consent = call;
  if (call !== 'revokeConsent') return;
  clearTab();
  deleteCookies();
}

/** Sends all that waits, or the landing alone. */
export function flush(): void {
  timer = 0;
  if (consent !== 'grantConsent') return;
  try {
    if (tab.n == null) takeTab();
    const ids = currentIds();
    // Above 64 KiB on their way, the browser refuses a request with keepalive: what waits leaves with the next answer.
    while ((tab.n || tab.e.length) && flying < 2e4) {
      const u = location.href.split('#')[0];
      const batch = tab.e.slice(0, 20);
      let body: string;
      let size: number;
      do {
        const e = batch.map((event) => ({ ...event, u: event.u === u ? undefined : event.u }));
        const whole: Post = { v: 1, s: Date.now(), u, r: document.referrer, ...ids, e };
        body = JSON.stringify(whole);
        size = new Blob([body]).size;
        // Above the server's limit: one event, and if need be without its properties, so that it arrives with its id.
      } while (size > 32768 && (batch.splice(1).length || batch.some((event) => event.d && delete event.d)));
      tab.n = false;
      post(tab.e.splice(0, batch.length), body, size);
    }
    saveTab();
  } catch {}
}

async function post(batch: WaitingEvent[], body: string, size: number): Promise<void> {
  const asked = tab;
  let status = 500;
  flying += size;
  try {
    // The loss of a beacon cannot be seen, so it is only for browsers without keepalive (Firefox before 133).
    status =
      !('keepalive' in Request.prototype) && navigator.onLine && navigator.sendBeacon(url, body)
        ? 0
        : (await fetch(url, { method: 'POST', body, credentials: 'include', keepalive: true })).status;
  } catch {}
  flying -= size;
  // The answer has set cookies again: no browser is known to stop a request with keepalive, and Chromium does not.
  if (consent === 'revokeConsent') return deleteCookies();
  // What a revocation has ended is not sent again after the next grant.
  if (asked !== tab) return;
  if (status === 429 || status > 499) {
    tab.e.push(...batch);
    tab.e.sort((one, other) => one.t - other.t);
    tab.n = tab.n || !batch.length;
    if (!timer && tries < 10) timer = setTimeout(flush, 1000 * Math.min(2 ** tries++, 60));
  } else if (tab.e.length) flush();
  saveTab();
}
