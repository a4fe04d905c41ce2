/** Fits a mapped row to what the API takes: rows are not JSON, so types are converted where only one can be meant. */
import type { Field, FieldTable } from '../events/fields/field.ts';
import { fields } from '../events/fields/table.ts';
import { type LocalTime, startOfDay } from './local-time.ts';
import { parseJsonValue } from './row-json.ts';

export type RowEvent = Record<string, unknown>;

/** @param localTime reads an `event_time` without a zone, and a date as the start of its day */
export function fitEvent(
  event: Readonly<RowEvent>,
  localTime: LocalTime,
  table: FieldTable = fields,
): RowEvent {
  const fitted: RowEvent = {};
  for (const name in event)
    fitted[name] = fitField(Object.hasOwn(table, name) ? table[name] : undefined, event[name]);
  const { event_time: time } = fitted;
  if (typeof time === 'string') fitted.event_time = localTime(startOfDay(time.trim(), localTime));
  return fitted;
}

function fitField(row: Field | undefined, value: unknown): unknown {
  if (row === undefined || typeof value === 'object') return value;
  if (typeof value === 'string') return fitText(row, value);
  const schema = row.schema();
  if (schema.safeParse(value).success) return value;
  const text = String(value);
  return schema.safeParse(text).success ? text : value;
}

/** A text column may contain JSON, since a CSV has nothing else for lists and objects. */
const fitText = ({ isObject, list }: Field, value: string): unknown =>
  isObject || list !== undefined ? parseJsonValue(value) : value;
