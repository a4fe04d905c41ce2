/** What an event gets where the mapping in the stage file gave nothing: without it, an operator looks for a gap that is none. */
import type { FieldName } from '../../events/fields/table.ts';
import type { MappingNote } from '../../mapping/explain/notes.ts';

const substitutes: ReadonlyMap<string, string> = new Map<FieldName, string>([
  ['event_id', 'the event gets the id of the delivery or a digest of the body, which no pixel sends'],
  ['event_time', 'the event gets the time of receipt'],
  ['currency', "an amount gets the destination's default currency"],
]);

/** Of a platform without a built-in mapping. */
export const withSubstitutes = (notes: readonly MappingNote[]): MappingNote[] =>
  notes.map((note) => (note.isEmpty ? extended(note, substitutes.get(note.entry)) : note));

/** @param isBuiltIn whether the event has the platform's own value of a field */
export const withBuiltIns = (
  notes: readonly MappingNote[],
  isBuiltIn: (field: string) => boolean,
): MappingNote[] =>
  notes.map((note) => (isBuiltIn(note.entry) ? extended(note, "the platform's own value is sent") : note));

function extended(note: MappingNote, addition: string | undefined): MappingNote {
  if (addition === undefined) return note;
  if (note.hint === undefined) return { ...note, hint: addition };
  return { ...note, hint: `${note.hint}${note.hint.endsWith('?') ? ' ' : '; '}${addition}` };
}
