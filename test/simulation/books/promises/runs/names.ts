/** Promise 3, the position that a refusal names: its event goes alone, as long as the names prove right. */
import type { FactCheck } from '../../check.ts';
import type { ReportedCall, RunReport } from '../../run-report.ts';
import { type CallsOfGroup, groupsOf, receivesOf, subjectOf } from './groups.ts';

export const promise3NamedEventGoesAlone: FactCheck<'ended'> = ({ invocation, report }) => {
  const wrong = groupsOf(report).flatMap((group) => wrongAfterName(group, report) ?? [])[0];
  return (
    wrong &&
    `promise 3: run ${invocation} sent ${wrong.keys.length} events after a refusal, not as its names ask for`
  );
};

/** @returns the first call that is another than the one that the names so far ask for */
function wrongAfterName(group: CallsOfGroup, report: RunReport): ReportedCall | undefined {
  for (let index = 0; ; index += 2) {
    const [whole, alone, rest, part] = group.slice(index, index + 4);
    const key = whole && namedBy(whole, report);
    if (key === undefined || alone === undefined) return undefined;
    if (alone.keys.join() !== key) return alone;
    if (alone.isDelivered) return isPartOfUntrusted(part, rest, report) ? undefined : part;
    if (!isRefused(alone, report)) return undefined;
  }
}

/** @returns the key of the event that the refusal names; undefined when it names none or is about one event */
function namedBy(call: ReportedCall, report: RunReport): string | undefined {
  const { keys, named } = call;
  return keys.length > 1 && isRefused(call, report) && named !== undefined ? keys[named] : undefined;
}

/** The name was wrong, so the next ones do not count: a refused half is halved. */
function isPartOfUntrusted(
  part: ReportedCall | undefined,
  half: ReportedCall | undefined,
  report: RunReport,
): boolean {
  if (part === undefined || half === undefined || !isRefused(half, report) || half.keys.length < 3)
    return true;
  return part.keys.length === Math.ceil(half.keys.length / 2);
}

const isRefused = (call: ReportedCall, report: RunReport): boolean =>
  subjectOf(call, Math.min(...receivesOf(call, report))) === 'content';
