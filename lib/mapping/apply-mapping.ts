/** Applies a compiled mapping to a payload or a row: filter, consent, list, and one event for each item. Never throws. */
import { createNotes, type MappingNote, noNotes } from './explain/notes.ts';
import {
  type Compiled,
  evaluateEntry,
  type MappingFault,
  type MappingOmission,
  mapItem,
} from './map-item.ts';

export interface MappedEvents {
  /** Event inputs, not yet checked against the event schema; no field is null. */
  readonly events: readonly Record<string, unknown>[];
  /** The value of source.paid_at for each of `events`, in order: null when empty, undefined without that setting. */
  readonly paidAt: readonly unknown[];
  /**
   * For each of `events`, the fields that the mapping could not fill although the item has a value for them. Of a list
   * or an object, the rest may be in the event.
   */
  readonly omissions: readonly (readonly MappingOmission[])[];
  /** What gave no event. A fault of the mapping or of a value says which entry it is. */
  readonly skipped: readonly Skipped[];
  /** The value of source.consent, when the mapping has that setting. */
  readonly consent: string | undefined;
  /** Which entries gave nothing, and why, when the mapping explains itself. */
  readonly notes: readonly MappingNote[];
}

interface Skipped {
  /**
   * `filtered`: source.when or source.each left nothing. `mapping_failed`: an expression failed. `invalid_event`: a
   * value without which there is no event is there, but cannot be read.
   */
  readonly reason: 'filtered' | 'mapping_failed' | 'invalid_event' | 'unexpected_body';
  readonly detail: string;
  readonly fault?: MappingFault;
}

export function applyMapping(payload: unknown, compiled: Compiled): MappedEvents {
  const { control, explained } = compiled;
  const hasItems = control.has('source.each');
  const notes = explained === undefined ? noNotes : createNotes({ tracked: explained, hasItems, payload });
  const nothing = (skipped: Skipped): MappedEvents => ({ ...none, skipped: [skipped], notes: notes.list });
  const failed = (fault: MappingFault): MappedEvents => {
    notes.fault(fault, payload);
    return nothing(faulty(fault));
  };
  const when = evaluateEntry('source.when', control.get('source.when'), payload, isTruthy);
  if (when.fault !== undefined) return failed(when.fault);
  if (control.has('source.when') && !isTruthy(when.value)) {
    notes.condition('source.when', payload);
    return nothing({ reason: 'filtered', detail: 'source.when' });
  }
  const consent = evaluateEntry('source.consent', control.get('source.consent'), payload, isPresent);
  if (consent.fault !== undefined) return failed(consent.fault);
  notes.look('source.consent', consent.value, payload);
  const each = evaluateEntry('source.each', control.get('source.each'), payload, never);
  if (each.fault !== undefined) return failed(each.fault);
  notes.look('source.each', each.value, payload);
  const items = hasItems ? asList(each.value) : [payload];
  if (items.length === 0) return nothing({ reason: 'filtered', detail: 'source.each' });
  if (hasItems && !Array.isArray(each.value)) notes.single('source.each', each.value);
  const mapped = items.map((item) => mapItem(item, compiled, notes));
  const made = mapped.filter((item) => 'event' in item);
  return {
    events: made.map(({ event }) => event),
    paidAt: made.map(({ paidAt }) => paidAt),
    omissions: made.map(({ omissions }) => omissions),
    skipped: mapped.flatMap((item) => ('fault' in item ? [faulty(item.fault)] : [])),
    consent: consent.value === undefined ? undefined : String(consent.value),
    notes: notes.list,
  };
}

const none = { events: [], paidAt: [], omissions: [], consent: undefined };

const faulty = (fault: MappingFault): Skipped =>
  fault.code === 'mapping_failed'
    ? { reason: fault.code, detail: fault.field, fault }
    : { reason: 'invalid_event', detail: `${fault.field}: ${fault.code}`, fault };

/** Truth as in JMESPath, after `plain` has removed absent and empty values. */
const isTruthy = (value: unknown): boolean => value !== undefined && value !== false;
const isPresent = (value: unknown): boolean => value !== undefined;
const never = (): boolean => false;

const asList = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
