/**
 * The fields of a webhook's log line that say what it became: the name and the fields of its events, and the entries of
 * the mapping that found nothing. Names and expressions only, and never more than about 1 kB.
 */
import { type FieldName, fieldNames } from '../../events/fields/table.ts';
import { standardEvents } from '../../events/standard-events.ts';
import type { MappingNote } from '../../mapping/explain/notes.ts';
import type { LogFields } from '../../telemetry/telemetry.ts';
import type { Encoded } from '../encode-event.ts';
import type { PreparedSource } from '../prepare-source.ts';

const longest = { names: 100, fields: 400, empty: 250, hints: 400 };

/** The name has a field of its own, and the destination is the source's. */
const shownElsewhere: ReadonlySet<FieldName> = new Set<FieldName>(['event_name', 'destination']);

/** @param encoded the events of one webhook: their fields are put together */
export function describeEvents(
  source: Pick<PreparedSource, 'settings' | 'map'>,
  notes: readonly MappingNote[],
  encoded: readonly Encoded[],
): Pick<LogFields, 'event_name' | 'fields' | 'empty' | 'hint'> {
  const events = encoded.flatMap((item) => ('message' in item ? [item] : []));
  const sent = new Set(events.flatMap(({ fields }) => fields));
  const isShown = (field: FieldName) => sent.has(field) && !shownElsewhere.has(field);
  const empty = notes.filter(({ isEmpty }) => isEmpty);
  const hints = notes.flatMap(({ entry, hint }) => (hint === undefined ? [] : [`${entry}: ${hint}`]));
  const expected = encoded.flatMap(({ hints = [] }) => hints);
  return {
    event_name: listed(
      events.map(({ name }) => loggableName(name, source)),
      ', ',
      longest.names,
    ),
    fields: listed(fieldNames.filter(isShown), ', ', longest.fields),
    empty: listed(
      empty.map(({ entry, expression }) => `${entry} (${expression})`),
      '; ',
      longest.empty,
    ),
    hint: listed([...hints, ...expected], ' | ', longest.hints),
  };
}

/** A wrong mapping can put an e-mail address there, so only names that TikTok or the stage file knows are logged. */
function loggableName(name: string, { settings, map }: Pick<PreparedSource, 'settings' | 'map'>): string {
  const isStated = map?.eventNames.has(name) || Object.values(settings.topics ?? {}).includes(name);
  return standardEvents.has(name) || isStated ? name : 'custom';
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
