/** What this tab knows until its next page, in memory, and after consent in `sessionStorage`. */
import type { PostedEvent } from '../wire.ts';

interface Tab {
  /** The events that have yet to arrive. */
  e: PostedEvent[];
  /** The server has yet to hear of this landing, with or without an event. Absent before consent. */
  n?: boolean;
  /** A visitor id that the script proposed: two requests at once must not make the server invent two. */
  p?: string;
  /** A click id of this tab's pages. */
  c?: string | undefined;
}

export let tab: Tab = { e: [] };

const key = 'tiktokEvents';

/** What the tab's page before left. */
export function takeTab(): void {
  try {
    const kept: Partial<Tab> = JSON.parse(sessionStorage[key]);
    tab = { ...kept, e: [...(kept.e || []), ...tab.e] };
  } catch {
    // Nothing is there, or the browser refuses storage.
  }
}

/** What `identify` gave stays in memory. The next page has another referrer. */
export function saveTab(): void {
  tab.e = tab.e.slice(-100);
  const e = tab.e.map((event) => ({ r: document.referrer, ...event, m: undefined }));
  try {
    sessionStorage[key] = JSON.stringify({ ...tab, e });
  } catch {}
}

export function clearTab(): void {
  tab = { e: [] };
  try {
    delete sessionStorage[key];
  } catch {}
}
