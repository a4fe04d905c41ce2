/** The answers of TikTok, of the firewall before it, and of a network that fails. */

/** What a call comes to. `silence` never answers. */
export type Outcome =
  | { readonly kind: 'answer'; readonly what: string; readonly status: number; readonly text: string }
  | { readonly kind: 'reset' | 'refused-connection' | 'silence'; readonly what: string };

const tooManyBytes = 'x'.repeat(256 * 1024 + 1);

/** TikTok's envelope. */
export const code = (value: number, message = 'OK', status = 200): Outcome => ({
  kind: 'answer',
  what: status === 200 ? `code ${value}` : `http ${status} code ${value}`,
  status,
  text: JSON.stringify({ code: value, message, request_id: `20261127${value}`, data: {} }),
});

/** A page of something that stands before TikTok's API. */
export const page = (status: number, title: string): Outcome => ({
  kind: 'answer',
  what: `http ${status}`,
  status,
  text: `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
});

export const redirect: Outcome = { kind: 'answer', what: 'http 302', status: 302, text: '' };
export const oversized: Outcome = { kind: 'answer', what: 'oversized', status: 200, text: tooManyBytes };
export const silence: Outcome = { kind: 'silence', what: 'stall' };
export const reset: Outcome = { kind: 'reset', what: 'reset' };
export const noConnection: Outcome = { kind: 'refused-connection', what: 'no connection' };

/** As undici rejects: a TypeError whose cause has the code of the socket. */
export function networkError(socketCode: 'ECONNRESET' | 'ECONNREFUSED'): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(socketCode), { code: socketCode }) });
}

/** An answer whose body is one chunk, as `fetch` gives it to the client. */
export const toResponse = (status: number, text: string) => ({
  status,
  body: text === '' ? null : chunk(text),
});

async function* chunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
