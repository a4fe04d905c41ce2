/** Follows the path of an event through a stage, step by step, and reports each step. */
import { checkAlarms } from '../doctor/checks/check-alarms.ts';
import { checkCollector } from '../doctor/checks/check-collector.ts';
import { checkConcurrency, checkMapping } from '../doctor/checks/check-lambda.ts';
import { checkDeadLetters } from '../doctor/checks/check-queues.ts';
import { checkStack } from '../doctor/checks/check-stack.ts';
import type { DoctorCheck } from '../doctor/context.ts';
import { checkHealth, checkOwnKey, checkWrongKey } from './api-steps.ts';
import { checkEvent } from './event-steps.ts';
import { type Step, stepOf, stepOfError, untried } from './step.ts';
import type { VerifyContext } from './verify-context.ts';
import { checkWebhooks } from './webhook-steps.ts';

export async function walk(context: VerifyContext): Promise<readonly Step[]> {
  const stack = await found(context, 'stack', 'a stack in a state in which it works', checkStack);
  if (stack.some(isUnreachable)) return [...stack, closed];
  const health = await tried('health', 'HTTP 200', async () => [await checkHealth(context)]);
  if (health.some(isUnreachable)) return [...stack, ...health, closed];
  const wrongKey = await tried('wrong key', 'HTTP 401', async () => [await checkWrongKey(context)]);
  const key = await tried('key', 'HTTP 422', async () => [await checkOwnKey(context)]);
  const hasKey = key.every(({ outcome }) => outcome === 'ok');
  const event = hasKey
    ? await tried('event', 'HTTP 202', () => checkEvent(context))
    : ['event accepted', 'event delivered'].map((step) =>
        untried(step, 'There is no key that the API accepts.'),
      );
  return [
    ...stack,
    ...health,
    ...wrongKey,
    ...key,
    ...event,
    ...(await tried('webhooks', 'HTTP 200', () => checkWebhooks(context))),
    ...(await found(context, 'collector', 'the script, and cookies for a landing', checkCollector)),
    ...(await found(context, 'mapping', 'Lambda reads the queue', checkMapping)),
    ...(await found(context, 'dead letters', 'none', checkDeadLetters)),
    ...(await found(context, 'alarms', 'a subscription that is confirmed', checkAlarms)),
    ...(await found(context, 'concurrency', 'room for the functions', checkConcurrency, true)),
  ];
}

const isUnreachable = ({ unreachable }: Step): boolean => unreachable === true;
const closed = untried('all other steps', 'The stage cannot be reached.');

/** A check of `doctor`; on this machine, which has no such part, the step is left out. */
async function found(
  context: VerifyContext,
  step: string,
  expected: string,
  check: DoctorCheck,
  isWarningFine = false,
): Promise<readonly Step[]> {
  return tried(step, expected, async () =>
    (await check(context)).map((finding) => stepOf(step, expected, finding, isWarningFine)),
  );
}

async function tried(
  step: string,
  expected: string,
  look: () => Promise<readonly Step[]>,
): Promise<readonly Step[]> {
  try {
    return await look();
  } catch (error) {
    return [stepOfError(step, expected, error)];
  }
}
