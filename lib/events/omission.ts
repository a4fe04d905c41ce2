/** What may be left out of an event in place of rejecting it, and what was left out. */
import type { EventFields, FieldName } from './fields/table.ts';
import type { Misfits } from './omit-misfits.ts';

/** A field of which something was left out, or `unknown_field` for names that are not in the table. */
export type Omission = FieldName | 'unknown_field';

/**
 * Decides whether a fault of a field costs only the faulty part of it (true) or the whole event (false).
 * @param field undefined for a name that is not in the table
 * @param code the code of the issue, such as `invalid_email`
 */
export type OmissionPolicy = (field: FieldName | undefined, code: string) => boolean;

export interface Ruling extends Misfits {
  /** False without a policy: nothing may be left out. */
  readonly mayOmitAny: boolean;
  /** Each once. */
  readonly omitted: readonly Omission[];
}

/** @param policy by default every fault rejects the event */
export const rulingOf = (table: EventFields, policy: OmissionPolicy | undefined): Ruling =>
  policy === undefined ? strict : createRuling(table, policy);

/** Shared by all events that come without a policy. */
const strict: Ruling = { mayOmitAny: false, omitted: [], mayOmit: () => false, omit: () => undefined };

function createRuling(table: EventFields, policy: OmissionPolicy): Ruling {
  const omitted: Omission[] = [];
  const isField = (name: string): name is FieldName => Object.hasOwn(table, name);
  const isEssential = (name: FieldName): boolean => 'essential' in table[name];
  return {
    mayOmitAny: true,
    omitted,
    mayOmit: (name, code) =>
      isField(name) ? !isEssential(name) && policy(name, code) : policy(undefined, code),
    omit: (name) => {
      const omission = isField(name) ? name : 'unknown_field';
      if (!omitted.includes(omission)) omitted.push(omission);
    },
  };
}
