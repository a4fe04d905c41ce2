/** Recognizes the form of a pixel code. `doctor` reports codes of another form; only `YOUR_…` stops a deployment. */
import type { EventSource } from '../events/destination.ts';

/** `YOUR_…` of the shipped stage files, and the codes of TikTok's own examples. */
const isPlaceholder = (text: string): boolean => /YOUR_|^YOUR|EXAMPLE|^ABCDEFG123$/i.test(text);

/** Pixel codes have about twenty capital letters and digits; ids of apps and event sets are numbers. */
export function looksReal(code: string, eventSource: EventSource): boolean {
  if (isPlaceholder(code)) return false;
  return eventSource === 'web' ? /^[A-Z0-9]{10,40}$/.test(code) : /^[\w.-]{3,128}$/.test(code);
}
