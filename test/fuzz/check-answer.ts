/** What every answer must be: documented, a problem where it is an error (promise 9), and free of personal data (promise 5). */
import type { ApiResponse } from '../../lib/http/api-answer.ts';
import { isObject } from '../../lib/schema/is-object.ts';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { canaryIn } from './input/canary.ts';
import type { Outside } from './outside.ts';

type Find = (finding: string) => void;

export function checkAnswer(answer: ApiResponse, statuses: ReadonlySet<number>, find: Find): void {
  const { statusCode = 0, headers = {}, body = '' } = answer;
  if (!statuses.has(statusCode)) find(`answers ${statusCode}`);
  const json = parseJson(body);
  if (statusCode >= 400) checkProblem(json, statusCode, String(headers['content-type']), find);
  const leak = canaryIn(JSON.stringify([headers, withoutIds(json) ?? body]));
  if (leak !== undefined) find(`the answer repeats ${leak}`);
}

function checkProblem(json: unknown, status: number, type: string, find: Find): void {
  if (type !== 'application/problem+json') find(`answers ${status} with the type ${type}`);
  const { status: own, type: urn, title, detail = '' } = isObject(json) ? json : {};
  if (own !== status) find(`the problem has the status ${own} in an answer ${status}`);
  if (!/^urn:tiktok-events:problem:[a-z0-9_]+$/.test(String(urn))) find('the problem has no type');
  if (typeof title !== 'string' || String(detail).length < 10) find('the problem does not say what to do');
}

/** An answer gives each event's id, which is whatever the sender uses as one. */
function withoutIds(json: unknown): unknown {
  if (!isObject(json) || !Array.isArray(json.events)) return json;
  const events = json.events.map((each) => (isObject(each) ? { ...each, event_id: undefined } : each));
  return { ...json, events };
}

/** Log lines and the attributes of messages. */
export function checkTraces({ lines, queued, parked }: Outside, find: Find): void {
  for (const line of lines) {
    const leak = canaryIn(line);
    if (leak !== undefined) find(`a log line repeats ${leak}`);
  }
  for (const { attributes, groupId } of [...queued, ...parked]) {
    const leak = canaryIn(JSON.stringify([attributes, groupId]));
    if (leak !== undefined) find(`an attribute repeats ${leak}`);
  }
}
