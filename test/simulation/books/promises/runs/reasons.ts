/** Promise 13: the reason of each message that waits or is parked is the last answer about it, and its outcome is of that reason. */
import { fingerprint } from '../../../../../lib/privacy/sha256.ts';
import { meaningOf, tiktokCode } from '../../../../../lib/tiktok/codes.ts';
import type { FactCheck } from '../../check.ts';
import type { ReportedCall, ReportedLine, RunReport } from '../../run-report.ts';
import { groupsOf } from './groups.ts';

export const promise13ReasonIsTheLastAnswer: FactCheck<'ended'> = ({ invocation, report }) => {
  const lines = report.lines.filter(isEnd);
  if (lines.length === 0 || (report.calls.length > 0 && groupsOf(report).length === 0)) return undefined;
  const last = lastCalls(report);
  for (const { message, fields } of lines)
    for (const event of String(fields.event).split(' ')) {
      const call = last.get(event);
      const problem =
        call === undefined ? problemWithoutCall(fields, report) : problemAfter(call, message, fields);
      if (problem !== undefined) return `promise 13: run ${invocation} says of ${event} that ${problem}`;
    }
  return undefined;
};

type Fields = ReportedLine['fields'];

const isEnd = ({ message }: ReportedLine): boolean =>
  message === 'message waits' || message === 'message parked';

/** The last call with each event, by its fingerprint. */
function lastCalls({ calls }: RunReport): Map<string, ReportedCall> {
  const byId = new Map<string, ReportedCall>();
  for (const call of calls) for (const id of call.eventIds) byId.set(id, call);
  return new Map([...byId].map(([id, call]) => [fingerprint(id), call]));
}

function problemAfter(call: ReportedCall, message: string, { reason, outcome }: Fields): string | undefined {
  if (reason !== call.reason) return `it ended with ${reason}; the last answer was ${call.reason}`;
  const wanted = message === 'message waits' ? waitAfter(call) : acknowledgementOf(call);
  return outcome === wanted ? undefined : `its outcome is ${outcome}; after ${reason}, it is ${wanted}`;
}

function waitAfter({ reason, setting }: ReportedCall): 'retry' | 'hold' {
  const code = tiktokCode(reason);
  const meaning = code === undefined ? undefined : meaningOf(code);
  const isHeld = meaning === 'hold' || meaning === 'token' || reason === 'http_404' || setting !== undefined;
  return isHeld ? 'hold' : 'retry';
}

/** TikTok may have the events of a call without a readable answer. */
function acknowledgementOf({ reason, isSent }: ReportedCall): 'refused' | 'unknown' {
  const isAnswer = tiktokCode(reason) !== undefined || reason === 'http_404' || reason === 'http_413';
  return isAnswer || !isSent ? 'refused' : 'unknown';
}

/** `lib/delivery/deliver-batch.ts` and `call-budget.ts` */
const lastCallsMs = 6_000;

function problemWithoutCall(fields: Fields, report: RunReport): string | undefined {
  const reason = String(fields.reason);
  const wanted = outcomesWithoutCall[reason]?.(fields, report);
  if (wanted === undefined) return `it ended with ${reason}, without a call and without a cause`;
  return wanted.includes(String(fields.outcome))
    ? undefined
    : `its outcome is ${fields.outcome}; after ${reason}, it is ${wanted.join(' or ')}`;
}

/** The outcomes of a message that waits, and of one that is parked; undefined when the run had no such cause. */
type Outcomes = (fields: Fields, report: RunReport) => readonly string[] | undefined;

const outcomesWithoutCall: Readonly<Record<string, Outcomes>> = {
  no_time: (_, { endedAtMs, endsAtMs }) =>
    endedAtMs > endsAtMs - lastCallsMs ? ['retry', 'refused'] : undefined,
  token_unavailable: ({ destination }, { reads }) =>
    reads.some(({ secret, isRead }) => secret.endsWith(`/${destination}`) && !isRead)
      ? ['hold', 'refused']
      : undefined,
  expired: ({ receives, detail }) => [
    detail === 'not_parked' ? 'retry' : Number(receives) > 1 ? 'unknown' : 'refused',
  ],
  // What was read before serves while Secrets Manager fails, also that there was no token.
  no_token: ({ destination }, { reads }) =>
    reads.some(({ secret, token }) => secret.endsWith(`/${destination}`) && token === undefined)
      ? ['hold', 'refused']
      : undefined,
  unknown_destination: () => ['hold', 'refused'],
  invalid_event: () => ['retry', 'refused'],
  undecodable: () => ['retry', 'refused'],
};
