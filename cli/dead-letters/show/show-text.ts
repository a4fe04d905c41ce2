/** One dead letter for a person: what happened to it, which field is the problem, and what to do. */
import { programName } from '../../terminal/command-line.ts';
import { sortableTime, timeZone } from '../../terminal/local-time.ts';
import { printable, table } from '../../terminal/output.ts';
import { outcomeText } from '../explain-letter.ts';
import type { ShownField } from './letter-fields.ts';
import type { Shown, ShownLetter } from './shown-letter.ts';

/** @param isOwnScreen shows the event's id and name as the sender wrote them */
export function showText(shown: Shown, stage: string, isOwnScreen: boolean): string {
  const { letter } = shown;
  return [
    table(factsOf(shown, isOwnScreen)),
    `\nTimeline (${timeZone()})`,
    table(letter.timeline.map(({ at, what }) => [`  ${sortableTime(Date.parse(at))}`, printable(what)])),
    ...fieldTexts(letter),
    '\nWhat to do',
    `  ${letter.remedy}`,
    ...commandsOf(letter, stage).map((words) => `  ${programName} ${words}`),
  ].join('\n');
}

function factsOf({ letter, eventId, name }: Shown, isOwnScreen: boolean): string[][] {
  const event = printable((isOwnScreen ? name : letter.event_name) ?? '-');
  const rows: (readonly [string, string | null])[] = [
    ['Dead letter', letter.message_id],
    ['Reason', `${printable(letter.reason)}. ${letter.text}`],
    ['Detail', letter.detail],
    ['Outcome', outcomeText({ outcome: letter.outcome === 'refused' ? 'refused' : 'unknown' })],
    ['Event', event],
    ['Event id', isOwnScreen ? (eventId ?? null) : null],
    ['Fingerprint', letter.event],
    ['Source', letter.source],
    ['Destination', letter.destination],
    ['Replayed', letter.replays === 0 ? null : `${letter.replays}×`],
    ['Trace', letter.trace],
    ['TikTok request', letter.tiktok_request_id],
  ];
  return rows.flatMap(([label, value]) => (value === null ? [] : [[label, printable(value, 500)]]));
}

function fieldTexts({ fields, body }: ShownLetter): string[] {
  if (fields.length === 0)
    return ['\nThe body is no event.', ...(body === undefined ? [] : [`  ${printable(body, 1_000_000)}`])];
  const hint = fields.some(({ value }) => value !== undefined) ? '' : ' (values: --show-body)';
  const rows = fields.map((field) => [
    field.problem === null ? '   ' : '  ✗',
    printable(field.field, 80),
    shownValue(field),
    field.problem === null ? '' : printable(field.problem, 300),
  ]);
  return [`\nFields of the event${hint}`, table(rows)];
}

const shownValue = ({ form, value }: ShownField): string =>
  value === undefined ? form : printable(JSON.stringify(value), 1_000);

/** They can be pasted as they are. */
const commandsOf = ({ message_id, replay_helps }: ShownLetter, stage: string): string[] =>
  replay_helps
    ? [`dead-letters replay --stage ${stage} --id ${message_id}`]
    : [
        `dead-letters export --stage ${stage} --id ${message_id} --output event.ndjson`,
        `sync - --stage ${stage} < event.ndjson`,
        `dead-letters discard --stage ${stage} --id ${message_id}`,
      ];
