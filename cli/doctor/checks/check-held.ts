/** Checks that events go out and do not come back again and again: by the metrics of a deployed stage, or by the sandbox. */
import { readDepth } from '../../../lib/queue/queue-depth.ts';
import { isTokenCode } from '../../../lib/tiktok/codes.ts';
import { acceptedCodes, sandboxRequests } from '../../stage/sandbox.ts';
import { hasSandbox } from '../../stage/tiktok-api-url.ts';
import type { DoctorCheck, DoctorContext } from '../context.ts';
import { type Finding, fine, problem, warning } from '../finding.ts';
import { recentCount } from './cloudwatch-facts.ts';

const subject = 'held events';

export const checkHeld: DoctorCheck = async (context) => {
  if (!context.stage.isLocal) return checkMetrics(context);
  return (await hasSandbox(context.stage)) ? checkSandbox(context) : [];
};

async function checkMetrics({ stage, now }: DoctorContext): Promise<readonly Finding[]> {
  const count = (name: string) => recentCount(stage, name, now());
  const [held, retried, delivered] = await Promise.all(
    ['EventsHeld', 'EventsRetried', 'EventsDelivered'].map(count),
  );
  return [judge(held ?? 0, retried ?? 0, delivered ?? 0)];
}

const remedy =
  'Look at the tokens above and at the reason in the log of the function deliver: docs/operations.md#held-events. Held events go out by themselves once the cause is gone.';

function judge(held: number, retried: number, delivered: number): Finding {
  const text = `In the last 15 minutes ${delivered} events were delivered, ${held} attempts held, ${retried} to be retried.`;
  if (held + retried === 0) return fine(subject, text);
  if (delivered === 0) return problem(subject, `${text} Nothing gets through.`, remedy);
  if (held > 0 || retried > delivered) return warning(subject, text, remedy);
  return fine(subject, text);
}

/** Events wait, and the last answer to an attempt was none that ends the waiting. */
async function checkSandbox({ stage }: DoctorContext): Promise<readonly Finding[]> {
  const { visible, inFlight, delayed } = await readDepth(await stage.sqs(), await stage.queueUrl());
  const waiting = visible + inFlight + delayed;
  const last = (await sandboxRequests(await stage.apiUrl(), 1_000)).findLast(({ events }) => events > 0);
  if (last === undefined || waiting === 0 || acceptedCodes.has(last.code)) return [fine(subject, 'None.')];
  const answer = last.code === null ? `HTTP ${last.status ?? 'nothing'}` : `code ${last.code}`;
  return [
    problem(
      subject,
      `${waiting} events wait: TikTok answered ${answer} to the last attempt, at ${last.at}.`,
      remedyFor(last.code),
    ),
  ];
}

function remedyFor(code: number | null): string {
  if (code !== null && isTokenCode(code)) return 'TikTok refuses the token: connect the destination again.';
  if (code === 40_001) return 'The account may not report to the pixel: ask for Operator or Admin.';
  return 'TikTok has trouble: the events go out by themselves once it is over. Faults of the sandbox end with DELETE /_sandbox/faults.';
}
