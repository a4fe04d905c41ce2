/** What became of the events of a run, in words. */
import { reasonWords } from '../../held/reason-words.ts';
import { commandLine } from '../../terminal/command-line.ts';
import { printable } from '../../terminal/output.ts';
import { countText, plural } from '../../terminal/plural.ts';
import type { DeliveryEnd } from './wait-for-delivery.ts';

export function deliveryLines(end: DeliveryEnd, stage: string): string[] {
  const { delivered, parked, unknown, not_followed: others, parked_reasons: reasons } = end;
  return [
    `${plural(delivered, 'event')} delivered`,
    ...(parked > 0
      ? [`${countText(parked)} parked (${commandLine(`dead-letters list --stage ${stage}`)} shows them):`]
      : []),
    ...reasons.map(
      ({ reason, detail, count }) =>
        `${countText(count).padStart(9)}  ${printable(reason, 64)}${detail === null ? '' : ` (${printable(detail)})`}`,
    ),
    ...(unknown > 0 ? [`${countText(unknown)} not known yet${whyText(end)}`] : []),
    ...(others > 0 ? [`${countText(others)} not followed: --wait follows the first 1,000,000 events`] : []),
  ];
}

const whyText = ({ waiting_reason: reason }: DeliveryEnd): string =>
  reason === null ? ': they are safe in the queue' : `. ${reasonWords(reason)}`;
