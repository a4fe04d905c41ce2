/**
 * The only file of lib/webhooks that makes network calls: it reads JSON from the API of a platform. Its host is fixed, the
 * token goes nowhere else, and the reads of one webhook take 3 seconds and 1 MiB each at most.
 */
import { type Clock, systemClock } from '../../clock/clock.ts';
import { AppError } from '../../errors/app-error.ts';
import { readPayload } from '../../payload/read-payload.ts';
import { isSafeUrl, withoutTrailingSlash } from '../../schema/base-url.ts';
import type { BoundOrderApi } from './order-api.ts';

export type FetchFailure =
  | 'not_found'
  | 'platform_unauthorized'
  | 'platform_throttled'
  | 'platform_error'
  | 'platform_redirect'
  | 'platform_answer_too_large'
  | 'platform_answer_not_json'
  | 'platform_timeout'
  | 'platform_unreachable';

/** A read without a usable answer. The message contains at most the status, never a URL or an answer. */
export class FetchError extends AppError {
  override readonly name = 'FetchError';
  declare readonly code: FetchFailure;

  /** Of the answer; undefined without one. */
  readonly status: number | undefined;

  constructor(code: FetchFailure, message: string, options?: ErrorOptions & { readonly status?: number }) {
    super(code, message, options);
    this.status = options?.status;
  }
}

const maxMs = 3_000;
const maxBytes = 1_048_576;

/**
 * @param timeoutMs for all reads together, from now on
 * @returns a read of the JSON at a path below the base URL, with a token; undefined for a 204
 */
export function createJsonReader(
  api: Pick<BoundOrderApi, 'baseUrl' | 'headers'>,
  timeoutMs = maxMs,
  clock: Pick<Clock, 'timeout'> = systemClock,
) {
  const signal = clock.timeout(timeoutMs);
  return async (path: string, apiToken: string): Promise<unknown> => {
    const url = addressOf(api.baseUrl, path);
    try {
      const response = await fetch(url, {
        headers: { accept: 'application/json', ...api.headers(apiToken) },
        // A redirect could send the token to another host (OWASP API10:2023).
        redirect: 'manual',
        signal,
      });
      const refusal = refusalOf(response.status);
      if (refusal === undefined) return await readJson(response);
      await response.body?.cancel();
      throw refusal;
    } catch (cause) {
      if (cause instanceof FetchError) throw cause;
      if (signal.aborted) throw new FetchError('platform_timeout', `no answer in ${timeoutMs} ms`, { cause });
      throw new FetchError('platform_unreachable', 'no connection', { cause });
    }
  };
}

/** @throws Error when a base URL or a path would send the token elsewhere, which is a bug in the platform's folder */
function addressOf(baseUrl: string, path: string): URL {
  const base = new URL(baseUrl);
  const url = new URL(withoutTrailingSlash(baseUrl) + path);
  const isBelow = url.origin === base.origin && url.pathname.startsWith(base.pathname.replace(/\/*$/, '/'));
  if (isSafeUrl(baseUrl) && isBelow && path.startsWith('/')) return url;
  throw new Error('a platform reads only below its own base URL, with https');
}

/** 204 means an empty list. */
function refusalOf(status: number): FetchError | undefined {
  return status === 200 || status === 204
    ? undefined
    : new FetchError(failureOf(status), `HTTP ${status}`, { status });
}

function failureOf(status: number): FetchFailure {
  if (status === 404) return 'not_found';
  if (status === 401 || status === 403) return 'platform_unauthorized';
  if (status === 429) return 'platform_throttled';
  return status >= 300 && status < 400 ? 'platform_redirect' : 'platform_error';
}

/** Closes the socket when the answer is larger than the limit. @returns undefined for a 204 */
async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new FetchError('platform_answer_too_large', 'more than 1 MiB');
    chunks.push(chunk);
  }
  const read = readPayload(Buffer.concat(chunks));
  if (read.ok) return read.payload;
  throw new FetchError('platform_answer_not_json', 'not JSON');
}
