/** Posts events to the HTTP API and reads the fate of each from the answer. One post; who repeats it decides itself. */
import * as z from 'zod/mini';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { codeOf } from '../errors/explain-error.ts';

const issueSchema = z.object({ field: z.string(), code: z.string(), message: z.string() });
const receiptSchema = z.discriminatedUnion('status', [
  z.object({
    index: z.int(),
    status: z.literal('accepted'),
    event_id: z.string(),
    warnings: z._default(z.array(issueSchema), []),
  }),
  z.object({ index: z.int(), status: z.literal('retry'), event_id: z.string() }),
  z.object({ index: z.int(), status: z.literal('rejected'), errors: z.array(issueSchema) }),
]);
const receiptsSchema = z.object({ events: z.array(receiptSchema) });
const problemSchema = z.object({
  detail: z._default(z.string(), ''),
  errors: z.optional(z.array(z.extend(issueSchema, { index: z.optional(z.int()) }))),
});

export type Receipt = z.infer<typeof receiptSchema>;
export type PostError = z.infer<typeof issueSchema> & { readonly index?: number | undefined };

export type PostAnswer =
  /** One receipt for each event, in order of their index. */
  | { readonly kind: 'receipts'; readonly receipts: readonly Receipt[] }
  /** All were rejected; of their errors the first 20 at most. */
  | { readonly kind: 'rejected'; readonly errors: readonly PostError[] }
  /** Too fast, out of order, or no answer: the same post may be sent again, after `afterMs` at least. */
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs: number }
  /** Sending it again cannot help. */
  | { readonly kind: 'refused'; readonly status: number; readonly detail: string };

export interface Gateway {
  readonly url: string;
  readonly key: string;
}

const timeoutMs = 30_000;
/** 500 receipts with 20 warnings each stay below. */
const maxAnswerBytes = 8 * 1024 * 1024;
const longestPauseMs = 300_000;

/** @param body JSON of one event or of `{"events": […]}`. Never throws for what the gateway or the network does. */
export async function postEvents(
  { url, key }: Gateway,
  body: string,
  signal?: AbortSignal,
): Promise<PostAnswer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body,
      // The key must not travel to another place.
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
  const problem = problemSchema.safeParse(json);
  if (status === 422 && problem.success) return { kind: 'rejected', errors: problem.data.errors ?? [] };
  if (status === 429 || status >= 500 || status < 300)
    return { kind: 'later', reason: `HTTP ${status}`, afterMs: pauseOf(response) };
  const detail = (problem.success && problem.data.detail) || 'is this the base URL of a gateway?';
  return { kind: 'refused', status, detail };
}

/** `Retry-After` in seconds, or as a date; unreadable or absent is 0. */
function pauseOf(response: Response): number {
  const text = response.headers.get('retry-after')?.trim() ?? '';
  const pauseMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(pauseMs) ? 0 : Math.min(Math.max(0, pauseMs), longestPauseMs);
}
