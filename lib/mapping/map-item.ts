/** Applies a compiled mapping to one item, such as a row or the payload of a webhook. */
import type { FieldName } from '../events/fields/table.ts';
import { isPayload } from '../payload/values.ts';
import { type Expression, plain } from './expression.ts';
import type { Control } from './mapping-entries.ts';

export interface Compiled {
  readonly control: ReadonlyMap<Control, Expression>;
  readonly fields: ReadonlyMap<FieldName, Expression>;
  readonly sameNames: readonly FieldName[];
  readonly isTolerant: boolean;
}

interface MappedItem {
  readonly event: Record<string, unknown>;
  readonly paidAt: unknown;
  readonly omitted: readonly FieldName[];
}

/** Without one of these, the event would be another event, an old one, or would ignore the person's choice. */
const essential: ReadonlySet<FieldName> = new Set([
  'event_name',
  'event_id',
  'event_time',
  'test_event_code',
  'destination',
  'limited_data_use',
]);

/** @returns the event, or the name of the entry whose expression failed */
export function mapItem(item: unknown, compiled: Compiled): MappedItem | { readonly failedAt: string } {
  const { control, fields, sameNames, isTolerant } = compiled;
  const event = fieldsOfSameName(item, sameNames);
  const omitted: FieldName[] = [];
  const paid = attempt(control.get('source.paid_at'), item);
  if (paid === failed) return { failedAt: 'source.paid_at' };
  for (const [name, expression] of fields) {
    const value = attempt(expression, item);
    if (value === failed && (!isTolerant || essential.has(name))) return { failedAt: name };
    if (value === failed) omitted.push(name);
    else if (value !== undefined) event[name] = value;
  }
  // null says that the mapping asks for a payment date and the item has none.
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

/** JMESPath throws when a function gets an argument of the wrong type. */
function attempt(expression: Expression | undefined, item: unknown): unknown {
  try {
    return expression?.(item);
  } catch {
    return failed;
  }
}
