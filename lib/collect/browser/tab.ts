/** What this tab knows until its next page, in memory, and after consent in `sessionStorage`. */
import type { PostedEvent } from '../wire.ts';

/** Its time puts it in order, and its properties can be too large to send. */
export type WaitingEvent = PostedEvent & { readonly t: number; d?: PostedEvent['d'] };

interface Tab {
  /** The events that have yet to leave, or to leave again: in memory as many as there are. */
  e: WaitingEvent[];
  /** The server has yet to hear of this landing, with or without an event. Absent before consent. */
  n?: boolean;
  /** A visitor id that the script proposed: two requests at once must not make the server invent two. */
  p?: string | undefined;
  /** A click id of this tab's pages. */
  c?: string | undefined;
}

export let tab: Tab = { e: [] };

/** What the tab's page before left. */
export function takeTab(): void {
  try {
    const kept: Tab = JSON.parse(sessionStorage.tiktokEvents);
    tab = { ...kept, e: [...kept.e, ...tab.e] };
  } catch {
    // Nothing is there, or the browser refuses storage.
  }
}

/** The latest 100. What `identify` gave stays in memory. The next page has another referrer. */
export function saveTab(): void {
  try {
    const e = tab.e.slice(-100).map((event) => ({ r: document.referrer, ...event, m: undefined }));
    // Not before consent, and not after a revocation.
    if (tab.n != null) sessionStorage.tiktokEvents = JSON.stringify({ ...tab, e });
  } catch {}
}

export function clearTab(): void {
  tab = { e: [] };
  delete sessionStorage.tiktokEvents;
}
