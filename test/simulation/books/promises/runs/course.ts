/** Promise 3, call by call: which further calls a group may make, must make, and how large they are. */
import type { FactCheck } from '../../check.ts';
import type { ReportedCall, RunReport } from '../../run-report.ts';
import { type CallsOfGroup, groupsOf, receivesOf, subjectOf } from './groups.ts';

/** `lib/delivery/isolation/search.ts` and `probe.ts` */
const probedFrom = 3;
const quartersFrom = 6;
const aloneFrom = 9;

const subjectIn = (call: ReportedCall, report: RunReport) =>
  subjectOf(call, Math.min(...receivesOf(call, report)));

export const promise3NoCallAfterALimit: FactCheck<'ended'> = ({ invocation, report }) => {
  for (const group of groupsOf(report)) {
    const wrong = group.slice(0, -1).find((call) => {
      const subject = subjectIn(call, report);
      return subject === 'limit' || subject === 'hold';
    });
    if (wrong !== undefined)
      return `promise 3: run ${invocation} made more calls to ${wrong.destination} after ${wrong.reason}`;
  }
  return undefined;
};

/** An outage and an event that breaks its calls look alike, until two parts of the messages are sent. */
export const promise3DoubtIsProbed: FactCheck<'ended'> = ({ invocation, report }) => {
  const wrong = groupsOf(report).find((group) => mustProbe(group, report) && group.length < 3);
  return (
    wrong &&
    `promise 3: run ${invocation} did not send parts of ${wrong[0].keys.length} events after ${wrong[0].reason} at receive ${Math.max(...receivesOf(wrong[0], report))}`
  );
};

/** What is left when the last call ends must be enough for two parts. */
const enoughMs = 20_000;
const enoughCalls = 15;

function mustProbe([first, second]: CallsOfGroup, report: RunReport): boolean {
  if (second !== undefined && subjectIn(second, report) !== 'doubt') return false;
  return (
    first.keys.length > 1 &&
    subjectIn(first, report) === 'doubt' &&
    Math.max(...receivesOf(first, report)) >= probedFrom &&
    report.calls.length < enoughCalls &&
    report.endedAtMs < report.endsAtMs - enoughMs
  );
}

export const promise3LateProbesAreSmall: FactCheck<'ended'> = ({ invocation, report }) => {
  for (const group of groupsOf(report)) {
    const [first, ...parts] = group;
    if (!group.every((call) => subjectIn(call, report) === 'doubt')) continue;
    const [least, most] = sizesOfParts(first, report);
    const wrong = parts.find(({ keys }) => keys.length < least || keys.length > most);
    if (wrong !== undefined)
      return `promise 3: run ${invocation} probed with ${wrong.keys.length} of ${first.keys.length} events, not with ${least} to ${most}`;
    const fresh = report.records.filter(
      ({ key, receives }) => receives < probedFrom && first.keys.includes(key),
    );
    const [part] = parts;
    if (part !== undefined && fresh.length > 0 && fresh.length !== part.keys.length)
      return `promise 3: run ${invocation} did not keep its ${fresh.length} fresh events apart from those that failed before`;
  }
  return undefined;
};

/** Messages that have hardly been tried are a part of their own. */
function sizesOfParts(first: ReportedCall, report: RunReport): readonly [least: number, most: number] {
  const receives = receivesOf(first, report);
  const count = first.keys.length;
  if (receives.some((each) => each < probedFrom)) return [1, count];
  const oldest = Math.max(...receives);
  const wanted = oldest < quartersFrom ? 2 : oldest < aloneFrom ? 4 : count;
  const parts = Math.min(wanted, count);
  return [Math.floor(count / parts), Math.ceil(count / parts)];
}

/** Each halving costs two calls. */
const halving = (count: number): number => 2 * Math.ceil(Math.log2(count));

export const promise3OneRefusedEventCostsFewCalls: FactCheck<'ended'> = (
  { invocation, report },
  _,
  { plan },
) => {
  if (plan.class !== 'bad events') return undefined;
  const wrong = groupsOf(report).find((group) => group.length - 1 > mostFurtherCalls(group[0]));
  return (
    wrong &&
    `promise 3: run ${invocation} made ${wrong.length - 1} further calls for ${wrong[0].keys.length} events of which one is bad; ${mostFurtherCalls(wrong[0])} are enough`
  );
};

/** @returns the further calls that isolate the bad events of a call, without limit when nobody knows */
function mostFurtherCalls({ keys: { length: count }, marks }: ReportedCall): number {
  const bad = marks.flatMap((mark) => (mark === undefined || mark.flaw === 'none' ? [] : [mark.flaw]));
  const [flaw] = bad;
  // Each name proves right, so each event goes alone, and then the others.
  if (bad.every((each) => each === 'refused-batch' || each === 'refused-data')) return 2 * bad.length;
  if (bad.length !== 1 || count < 2) return Number.POSITIVE_INFINITY;
  switch (flaw) {
    case 'refused-elsewhere':
      return count === 2 ? 2 : 1 + halving(count - 1);
    case 'refused-silent':
    case 'refused-parameters':
    case 'refused-unknown':
    case 'refused-test-code':
    case 'large':
      return halving(count);
    default:
      return Number.POSITIVE_INFINITY;
  }
}
