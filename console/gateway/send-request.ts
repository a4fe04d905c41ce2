/** Sends a request of the console to the API of this machine, and reads the whole answer. */
import type { SentRequest } from '../server/source.ts';
import { ConsoleProblem } from '../server/write-answer.ts';
import type { SampleRequest } from './samples.ts';

/** API Gateway's own limit. */
const timeoutMs = 30_000;

/** @throws ConsoleProblem when the local platform API does not take a document that the request needs */
export async function sendRequest(request: SampleRequest): Promise<SentRequest> {
  for (const { url, json } of request.documents) {
    const headers = { 'content-type': 'application/json' };
    const { status } = await post(url, { method: 'PUT', headers, body: JSON.stringify(json) });
    if (status >= 300) throw new ConsoleProblem(502, 'The local platform API did not take the order.');
  }
  const { url, headers, body } = request;
  const response = await post(url, { method: 'POST', headers: { ...headers }, body: Buffer.from(body) });
  return {
    status: response.status,
    body: await response.text(),
    trace: response.headers.get('apigw-requestid') ?? undefined,
  };
}

const post = (url: string, init: RequestInit): Promise<Response> =>
  fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
