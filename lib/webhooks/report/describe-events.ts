/**
 * The fields of a webhook's log line that say what it became: the fields of its events, and the entries of the mapping
 * that found nothing. Names and expressions only, and never more than about 1 kB.
 */
import { type FieldName, fieldNames } from '../../events/fields/table.ts';
import type { MappingNote } from '../../mapping/explain/notes.ts';
import type { LogFields } from '../../telemetry/telemetry.ts';
import type { Encoded } from '../encode-event.ts';

const longest = { fields: 400, empty: 250, hints: 400 };

/** The name has a field of its own, and the destination is the source's. */
const shownElsewhere: ReadonlySet<FieldName> = new Set<FieldName>(['event_name', 'destination']);

/** @param encoded the events of one webhook: their fields are put together */
export function describeEvents(
  notes: readonly MappingNote[],
  encoded: readonly Encoded[],
): Pick<LogFields, 'fields' | 'empty' | 'hint'> {
  const sent = new Set(encoded.flatMap((item) => ('message' in item ? item.fields : [])));
  const isShown = (field: FieldName) => sent.has(field) && !shownElsewhere.has(field);
  const empty = notes.filter(({ isEmpty }) => isEmpty);
  const hints = notes.flatMap(({ entry, hint }) => (hint === undefined ? [] : [`${entry}: ${hint}`]));
  const expected = encoded.flatMap(({ hints = [] }) => hints);
  return {
    fields: listed(fieldNames.filter(isShown), ', ', longest.fields),
    empty: listed(
      empty.map(({ entry, expression }) => `${entry} (${expression})`),
      '; ',
      longest.empty,
    ),
    hint: listed([...hints, ...expected], ' | ', longest.hints),
  };
}

/** @returns each text once, as many as fit into `length`, and how many more there are; undefined for none */
function listed(texts: readonly string[], separator: string, length: number): string | undefined {
  const all = [...new Set(texts)];
  const [first, ...others] = all;
  if (first === undefined) return undefined;
  let line = first.slice(0, length);
  for (const [index, text] of others.entries()) {
    if (line.length + separator.length + text.length > length)
      return `${line}${separator}… ${others.length - index} more`;
    line += separator + text;
  }
  return line;
}
