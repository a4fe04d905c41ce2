/** Reads the body of a request to the console: JSON of a limited size. */
import type { IncomingMessage } from 'node:http';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { discardBody, readBody } from '../../local/api-gateway/read-body.ts';
import { ConsoleProblem } from './write-answer.ts';

/** Room for the ids of more dead letters than the page lists. */
const maxBodyBytes = 256 * 1024;

/** @throws ConsoleProblem for another type than JSON, for a body that is too large, and for text that is not JSON */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    throw new ConsoleProblem(415, 'Send the body with content-type: application/json.');
  const bytes = await readBody(request, maxBodyBytes);
  if (bytes === 'too-large') {
    discardBody(request);
    throw new ConsoleProblem(413, 'The body can have 256 KiB at most.');
  }
  const body = parseJson(bytes.toString('utf8'));
  if (body === undefined) throw new ConsoleProblem(400, 'The body must be JSON.');
  return body;
}
