/** The API answers, rejects a wrong key, and accepts your own. */
import { randomBytes } from 'node:crypto';
import { CliError } from '../errors/cli-error.ts';
import { ask, type HttpAnswer } from './http-answer.ts';
import { failed, passed, type Step } from './step.ts';
import type { VerifyContext } from './verify-context.ts';

const deployGuide = 'docs/deploy.md#8-send-an-event';
const runbook = 'docs/operations.md';

export async function checkHealth({ stage }: VerifyContext): Promise<Step> {
  const url = `${await stage.apiUrl()}/v1/health`;
  const answer = await ask(url);
  if (typeof answer !== 'string' && answer.status === 200) return passed('health', `${url}: ${answer.text}`);
  const isSilent = typeof answer === 'string';
  return failed('health', {
    expected: `HTTP 200 from ${url}`,
    saw: isSilent ? answer : answer.text,
    see: stage.isLocal ? 'Start it with `npm start`.' : `${runbook}: the log of the function meta`,
    unreachable: isSilent,
  });
}

/** Posts no events: a valid key gets a 422, and nothing is sent. */
const postNothing = (url: string, key: string) =>
  ask(`${url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: '{"events":[]}',
  });

export async function checkWrongKey({ stage }: VerifyContext): Promise<Step> {
  const answer = await postNothing(await stage.apiUrl(), `teg_${randomBytes(32).toString('base64url')}`);
  return judge('wrong key', 401, answer, 'a random key is rejected', runbook);
}

export async function checkOwnKey({ stage }: VerifyContext): Promise<Step> {
  const expected = 'an API key of your own';
  const key = await stage.apiKey().catch((error: unknown) => {
    if (error instanceof CliError) return error;
    throw error;
  });
  if (key instanceof CliError) return failed('key', { expected, saw: 'none', see: key.message });
  const answer = await postNothing(await stage.apiUrl(), key);
  return judge(
    'key',
    422,
    answer,
    'the key is accepted, and a post without events is rejected',
    'docs/deploy.md#7-make-an-api-key. A new key works after 5 minutes at most.',
  );
}

function judge(
  step: string,
  status: number,
  answer: HttpAnswer | string,
  meaning: string,
  see = deployGuide,
): Step {
  if (typeof answer !== 'string' && answer.status === status)
    return passed(step, `${answer.text}: ${meaning}`);
  const saw = typeof answer === 'string' ? answer : answer.text;
  return failed(step, { expected: `HTTP ${status}: ${meaning}`, saw, see });
}
