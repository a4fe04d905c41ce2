/** Says in words what became of a triggered webhook: the event and its id, or the reason why not and what to do. */
import { withoutLinks } from '../../lib/errors/code-text.ts';
import { skipReasons } from '../../lib/webhooks/report/reason-texts.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { endWith } from '../terminal/io.ts';
import { printable, showResult } from '../terminal/output.ts';
import type { Foreseen } from './foresee.ts';
import type { WebhookAnswer } from './request/post-webhook.ts';

export interface Report {
  readonly isJson: boolean;
  readonly target: { readonly platform: string; readonly topic: string };
  readonly source: string;
  readonly url: string;
  readonly answer: WebhookAnswer;
  /** undefined when only the gateway knows the order. */
  readonly foreseen: readonly Foreseen[] | undefined;
  /** The reasons for which the unchanged body of this topic is skipped by these settings. */
  readonly usualSkips: readonly string[];
  /** Where to look for the event. */
  readonly next: string;
}

/** Exit code 0: an event was accepted, or the topic is one that comes to none. 1: the webhook was skipped. */
export function reportAnswer(report: Report): void {
  const { isJson, target, source, url, answer } = report;
  const events = eventsOf(report);
  const { platform, topic } = target;
  const result = { platform, topic, source, url, ...answer, ...(events.length > 0 && { events }) };
  showResult(isJson, result, () => describe(report, events));
  endWith(isAsExpected(report) ? exitCodes.ok : exitCodes.failed);
}

function isAsExpected({ answer, usualSkips }: Report): boolean {
  return answer.accepted > 0 || answer.skipped.every((reason) => usualSkips.includes(reason));
}

/** The gateway's answer decides; what was foreseen only names what it accepted. */
function eventsOf({ answer, foreseen = [] }: Report) {
  const events = foreseen.flatMap((outcome) =>
    outcome.kind === 'event' ? [{ event_name: outcome.name, event_id: outcome.id }] : [],
  );
  return events.length === answer.accepted ? events : [];
}

type Events = ReturnType<typeof eventsOf>;

const maxShown = 10;

function describe(report: Report, events: Events): string {
  const { answer, source, next } = report;
  const { accepted, skipped, omitted = [], channel, dry_run } = answer;
  const count = accepted === 1 ? '1 event' : `${accepted} events`;
  const verb = dry_run === true ? 'Dry run, nothing is sent: it would be' : 'Accepted:';
  return [
    ...(accepted > 0 ? [`${verb} ${count} of source ${source}.`] : []),
    ...events
      .slice(0, maxShown)
      .map(
        ({ event_name, event_id }) =>
          `  ${printable(event_name)}, event id ${printable(event_id ?? 'of the gateway')}`,
      ),
    ...omitted.map(
      ({ field, code }) => `  Omitted, ${printable(field, 64)}: ${printable(code, 64)} (docs/errors.md)`,
    ),
    ...[...new Set(skipped)].flatMap((reason) =>
      describeSkip(reason, { channel, detail: detailOf(report, reason) }),
    ),
    ...(accepted === 0 && skipped.length === 0
      ? ['Answered: it is a ping or a probe, and comes to no event.']
      : []),
    ...(accepted > 0 && dry_run !== true ? [next] : []),
  ].join('\n');
}

/** The answer names only the reason; the same mapping on this machine knows the setting or field that decided. */
const detailOf = ({ foreseen = [] }: Report, reason: string): string | undefined =>
  foreseen.flatMap((outcome) =>
    outcome.kind === 'skipped' && outcome.reason === reason ? [outcome.detail] : [],
  )[0];

interface Decision {
  readonly channel: string | undefined;
  readonly detail: string | undefined;
}

function describeSkip(reason: string, { channel, detail }: Decision): string[] {
  const shown = printable(reason, 64);
  const setting = detail === undefined ? undefined : printable(detail, 64);
  const decided = setting === undefined ? '' : ` (${setting})`;
  const shownChannel = channel === undefined ? undefined : printable(channel, 64);
  const through = shownChannel === undefined ? '' : ` The channel is ${shownChannel}.`;
  if (!isKnown(reason)) return [`Skipped: ${shown}${decided}.${through} See docs/errors.md.`];
  const { meaning, fix } = skipReasons[reason];
  const remedy = withNames(withoutLinks(fix), { channel, detail: setting });
  return [
    `Skipped: ${shown}${decided}. ${withoutLinks(meaning)}${through}`,
    ...(fix === 'Nothing.' ? [] : [`  What to do: ${remedy}`]),
  ];
}

/** The texts speak of the fields of the log line; here their values are known. */
const withNames = (text: string, { channel, detail }: Decision): string =>
  text
    .replaceAll('the setting in `detail`', detail === undefined ? 'the setting in `detail`' : `\`${detail}\``)
    .replaceAll('`detail`', detail ?? '`detail`')
    .replaceAll('the `channel`', channel === undefined ? 'the `channel`' : `\`${printable(channel, 64)}\``);

const isKnown = (reason: string): reason is keyof typeof skipReasons => Object.hasOwn(skipReasons, reason);
