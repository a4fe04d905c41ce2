/** Reads the body of a verified webhook as JSON without rounding long ids. It never throws, whatever the bytes. */
import { parseLosslessly } from './lossless-json.ts';

export type ReadPayload =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly reason: 'empty_body' | 'not_json' };

/** Integers of 16 digits can exceed 2⁵³ − 1, where JSON.parse rounds. Shopify's test notifications contain some. */
const longInteger = /\d{16}/;

/** @returns the JSON, with integers beyond 2⁵³ − 1 as strings of their digits */
export function readPayload(body: Uint8Array): ReadPayload {
  if (body.length === 0) return { ok: false, reason: 'empty_body' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    if (text.trim() === '') return { ok: false, reason: 'empty_body' };
    // A reviver makes parsing several times slower, so it runs only when digits could be lost.
    const payload: unknown = longInteger.test(text) ? parseLosslessly(text) : JSON.parse(text);
    return { ok: true, payload };
  } catch {
    return { ok: false, reason: 'not_json' };
  }
}
