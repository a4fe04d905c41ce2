/** Sends each event at once, and keeps it until an answer says that it arrived. */
import type { Post, PostedEvent } from '../wire.ts';
import { consent } from './consent.ts';
import { deleteCookies } from './cookies.ts';
import { clearTab, saveTab, tab, takeTab } from './tab.ts';
import { currentIds, needsCookies } from './visitor.ts';

/** Beside the address of this script; empty for a script without one. */
export const url = `${Object(document.currentScript).src || ''}`.replace(/v1\/browser[./].*/, 'v1/collect');

let tries = 0;
let timer = 0;

/** Sends all that waits, or the landing alone. */
export function flush(): void {
  timer = 0;
  if (consent !== 'grantConsent') return;
  if (tab.n === undefined) {
    takeTab();
    tab.n = tab.n || needsCookies();
  }
  while (tab.n || tab.e.length) {
    let count = 20;
    let body = encode(tab.e.slice(0, count));
    // 10,000 letters are 30,000 bytes at most, below the server's 32 KiB.
    while (body.length > 1e4 && count > 1) {
      count >>= 1;
      body = encode(tab.e.slice(0, count));
    }
    tab.n = false;
    post(tab.e.splice(0, count), body);
  }
  saveTab();
}

/** Forgets what waits, both cookies and what the tab kept. */
export function forget(): void {
  clearTab();
  deleteCookies();
}

function encode(events: readonly PostedEvent[]): string {
  const u = location.href.split('#')[0];
  const e = events.map((event) => ({ ...event, u: event.u === u ? undefined : event.u }));
  const whole: Post = { v: 1, s: Date.now(), u, r: document.referrer, ...currentIds(), e };
  return JSON.stringify(whole);
}

async function post(batch: PostedEvent[], body: string): Promise<void> {
  let hasArrived = false;
  try {
    // The loss of a beacon cannot be seen, so it is only for browsers without keepalive (Firefox before 133).
    hasArrived = !('keepalive' in Request.prototype) && navigator.onLine && navigator.sendBeacon(url, body);
    if (!hasArrived) {
      // A body above 64 KiB never leaves with keepalive.
      const keepalive = body.length < 2e4;
      const { status } = await fetch(url, { method: 'POST', body, credentials: 'include', keepalive });
      hasArrived = status !== 429 && status < 500;
    }
  } catch {}
  // The answer can have set cookies that the visitor no longer allows.
  if (consent === 'revokeConsent') return forget();
  if (!hasArrived) {
    tab.e.push(...batch);
    tab.n = tab.n || !batch.length;
    if (!timer && tries < 10) timer = setTimeout(flush, 1000 * Math.min(2 ** tries++, 60));
  }
  saveTab();
}
