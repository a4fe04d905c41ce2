/** One request of `verify`, and the parts of its answer that are safe to show: status, code and request id. */
import * as z from 'zod/mini';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { codeOf } from '../errors/explain-error.ts';
import { printable } from '../terminal/output.ts';

const timeoutMs = 30_000;
const maxShownBytes = 100_000;

export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
  /** Such as `HTTP 401 unauthorized (request abc=)`. */
  readonly text: string;
}

/** `urn:tiktok-events:problem:<code>` */
const problemSchema = z.object({ type: z.string().check(z.startsWith('urn:tiktok-events:problem:')) });

/** @returns why there was no answer, as text */
export async function ask(url: string, init: RequestInit = {}): Promise<HttpAnswer | string> {
  try {
    const response = await fetch(url, {
      ...init,
      // A key or a signature must not travel to another place.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = parseJson((await response.text()).slice(0, maxShownBytes));
    return { status: response.status, body, text: describe(response, body) };
  } catch (error) {
    return `no answer (${codeOf(error) || (error instanceof Error ? error.name : 'network')})`;
  }
}

/** API Gateway numbers the requests; the number finds the log lines of the request. */
function describe(response: Response, body: unknown): string {
  const problem = problemSchema.safeParse(body);
  const id = response.headers.get('apigw-requestid') ?? response.headers.get('x-request-id');
  const code = problem.success ? ` ${printable(problem.data.type.split(':').at(-1) ?? '', 64)}` : '';
  return `HTTP ${response.status}${code}${id === null ? '' : ` (request ${printable(id, 64)})`}`;
}
