/** Posts a webhook once, and reads what the gateway says became of it. Another program's answer is never taken for that. */
import * as z from 'zod/mini';
import { parseJson } from '../../../lib/schema/parse-json.ts';
import { type CliError, unavailable, usageError } from '../../errors/cli-error.ts';
import { codeOf } from '../../errors/explain-error.ts';
import { printable } from '../../terminal/output.ts';
import type { StoredDocument, WebhookRequest } from './make-request.ts';

const answerSchema = z.object({
  accepted: z.number(),
  skipped: z.array(z.string()),
  channel: z.optional(z.string()),
  omitted: z.optional(z.array(z.object({ field: z.string(), code: z.string() }))),
  dry_run: z.optional(z.boolean()),
});

export type WebhookAnswer = z.infer<typeof answerSchema>;

const problemSchema = z.object({ type: z.string(), detail: z.optional(z.string()) });
const problemPrefix = 'urn:tiktok-events:problem:';

const timeoutMs = 30_000;
const maxAnswerLength = 1_000_000;

export interface Remedies {
  /** What to do when the gateway is not there, or another program is in its place. */
  readonly unreachable: string;
  /** What to do when the signature is wrong. */
  readonly signature: string;
  /** What to do when the gateway does not know the source. */
  readonly source: string;
}

/** @throws CliError with the remedy for every answer but 200 of a gateway */
export async function postWebhook(request: WebhookRequest, remedies: Remedies): Promise<WebhookAnswer> {
  const { url, headers, body } = request;
  const { status, text } = await ask(url, { method: 'POST', headers, body: Buffer.from(body) }, remedies);
  const json = parseJson(text);
  const answer = answerSchema.safeParse(json);
  if (status === 200 && answer.success) return answer.data;
  const problem = problemSchema.safeParse(json);
  const code =
    problem.success && problem.data.type.startsWith(problemPrefix)
      ? problem.data.type.slice(problemPrefix.length)
      : undefined;
  const detail = (problem.success && problem.data.detail) || '';
  throw explain({ status, code, detail }, remedies);
}

interface Refusal {
  readonly status: number;
  /** undefined: the answer is no problem of this gateway. */
  readonly code: string | undefined;
  readonly detail: string;
}

function explain({ status, code, detail }: Refusal, { unreachable, signature, source }: Remedies): CliError {
  const said = detail === '' ? '' : `: ${printable(detail, 500)}`;
  if (status === 401 && code === 'invalid_signature')
    return unavailable(`The gateway rejected the signature (401). ${signature}`);
  // API Gateway itself has no route for a source that is not deployed.
  if (status === 404 && (code === 'unknown_source' || code === undefined))
    return unavailable(`HTTP 404: no source of this name answers there. ${source}`);
  if (code === undefined)
    return unavailable(`HTTP ${status}, and not the answer of a gateway. ${unreachable}`);
  if (status === 413) return usageError('The gateway does not take a body of this size (413).');
  return unavailable(`The gateway answered HTTP ${status} (${printable(code, 64)})${said}`);
}

/** Gives the local platform API what the gateway will read. */
export async function storeDocuments(
  documents: readonly StoredDocument[],
  remedies: Remedies,
): Promise<void> {
  for (const { url, json } of documents) {
    const headers = { 'content-type': 'application/json' };
    const { status } = await ask(url, { method: 'PUT', headers, body: JSON.stringify(json) }, remedies);
    if (status >= 300)
      throw unavailable(
        `The local platform API did not take the order (HTTP ${status}). ${remedies.unreachable}`,
      );
  }
}

async function ask(url: string, init: RequestInit, { unreachable }: Remedies) {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    // A signed body must not travel to another host.
    const response = await fetch(url, { ...init, redirect: 'manual', signal: timeout });
    return { status: response.status, text: (await response.text()).slice(0, maxAnswerLength) };
  } catch (error) {
    const reason = timeout.aborted ? 'no answer in 30 s' : `no connection (${codeOf(error) || 'network'})`;
    throw unavailable(`${reason[0]?.toUpperCase()}${reason.slice(1)}. ${unreachable}`, error);
  }
}
