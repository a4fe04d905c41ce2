/** Posts events to the HTTP API once and reads the receipt of each event. The caller decides about a retry. */
import * as z from 'zod/mini';
import {
  acceptedSchema,
  type IndexedIssue,
  postProblemSchema,
  type Receipt,
} from '../../lib/ingest/answer-schemas.ts';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { codeOf } from '../errors/explain-error.ts';

/** 202 and 207 have all of `Accepted`; a 503 has the receipts only. */
const receiptsSchema = z.pick(acceptedSchema, { events: true });
/** What stands between the command line and the gateway answers with less than the gateway itself. */
const looseProblemSchema = z.partial(z.pick(postProblemSchema, { detail: true, errors: true }));

export type { Receipt };
export type PostError = IndexedIssue;

export type PostAnswer =
  /** One receipt for each event, in order of their index. */
  | { readonly kind: 'receipts'; readonly receipts: readonly Receipt[] }
  /** All events were rejected; at most the first 20 errors. */
  | { readonly kind: 'rejected'; readonly errors: readonly PostError[] }
  /** Throttled, unavailable, or no answer: resend the same post after at least `afterMs`. */
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs: number }
  /** A retry cannot help. */
  | { readonly kind: 'refused'; readonly status: number; readonly detail: string };

export interface Gateway {
  readonly url: string;
  readonly key: string;
  /** Rejects an event in place of leaving out what cannot be used (`--strict`). Default false. */
  readonly isStrict?: boolean;
}

const timeoutMs = 30_000;
/** More than 500 receipts with 20 warnings each. */
const maxAnswerBytes = 8 * 1024 * 1024;
const longestPauseMs = 300_000;

/** @param body JSON of one event or of `{"events": […]}`. Never throws for an answer or a failure of the network. */
export async function postEvents(
  { url, key, isStrict = false }: Gateway,
  body: string,
  signal?: AbortSignal,
): Promise<PostAnswer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        // RFC 7240, section 4.4
        ...(isStrict && { prefer: 'handling=strict' }),
      },
      body,
      // A redirect must not carry the key to another host.
      redirect: 'manual',
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    return readAnswer(response, await readText(response));
  } catch (error) {
    const reason = timeout.aborted ? 'no answer in 30 s' : `no connection (${codeOf(error) || 'network'})`;
    return { kind: 'later', reason, afterMs: 0 };
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readAnswer(response: Response, text: string): PostAnswer {
  const { status } = response;
  const json = parseJson(text);
  const receipts = receiptsSchema.safeParse(json);
  if ([202, 207, 503].includes(status) && receipts.success)
    return { kind: 'receipts', receipts: receipts.data.events };
  const problem = looseProblemSchema.safeParse(json);
  if (status === 422 && problem.success) return { kind: 'rejected', errors: problem.data.errors ?? [] };
  if (status === 429 || status >= 500 || status < 300)
    return { kind: 'later', reason: `HTTP ${status}`, afterMs: pauseOf(response) };
  const detail = (problem.success && problem.data.detail) || 'is this the base URL of a gateway?';
  return { kind: 'refused', status, detail };
}

/** @returns milliseconds from `Retry-After`, which is in seconds or a date; 0 when it is absent or unreadable */
function pauseOf(response: Response): number {
  const text = response.headers.get('retry-after')?.trim() ?? '';
  const pauseMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(pauseMs) ? 0 : Math.min(Math.max(0, pauseMs), longestPauseMs);
}
