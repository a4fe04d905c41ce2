/** Applies a compiled mapping to one item: an event, or the name of the entry whose expression does not fit. */
import type { FieldName } from '../events/fields/table.ts';
import { isPayload } from '../payload/values.ts';
import { type Expression, plain } from './expression.ts';
import type { Control } from './mapping-entries.ts';

export interface Compiled {
  readonly control: ReadonlyMap<Control, Expression>;
  readonly fields: ReadonlyMap<FieldName, Expression>;
  readonly sameNames: readonly FieldName[];
  readonly isForgiving: boolean;
}

interface MappedItem {
  readonly event: Record<string, unknown>;
  readonly paidAt: unknown;
  readonly omitted: readonly FieldName[];
}

/** Without these it would be another event, an old one, or one that the person limited. */
const essential: ReadonlySet<FieldName> = new Set([
  'event_name',
  'event_id',
  'event_time',
  'test_event_code',
  'destination',
  'limited_data_use',
]);

export function mapItem(item: unknown, compiled: Compiled): MappedItem | { readonly failedAt: string } {
  const { control, fields, sameNames, isForgiving } = compiled;
  const event = fieldsOfSameName(item, sameNames);
  const omitted: FieldName[] = [];
  const paid = attempt(control.get('source.paid_at'), item);
  if (paid === failed) return { failedAt: 'source.paid_at' };
  for (const [name, expression] of fields) {
    const value = attempt(expression, item);
    if (value === failed && (!isForgiving || essential.has(name))) return { failedAt: name };
    if (value === failed) omitted.push(name);
    else if (value !== undefined) event[name] = value;
  }
  // A payment without a date is none: null, where the mapping asks for one.
  return { event, paidAt: control.has('source.paid_at') ? (paid ?? null) : undefined, omitted };
}

function fieldsOfSameName(item: unknown, names: readonly FieldName[]): Record<string, unknown> {
  const event: Record<string, unknown> = {};
  for (const name of names) {
    const value = isPayload(item) && Object.hasOwn(item, name) ? plain(item[name]) : undefined;
    if (value !== undefined) event[name] = value;
  }
  return event;
}

const failed = Symbol('failed');

/** JMESPath throws where a function is given another type than it takes. */
function attempt(expression: Expression | undefined, item: unknown): unknown {
  try {
    return expression?.(item);
  } catch {
    return failed;
  }
}
