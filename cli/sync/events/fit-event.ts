/** Makes of a mapped row what the API takes: rows are not JSON, so types are mended where only one can be meant. */
import type * as z from 'zod/mini';
import { type FieldName, fields } from '../../../lib/events/fields/table.ts';
import { type LocalTime, startOfDay } from '../rows/local-time.ts';
import { parseJsonValue } from '../rows/parse-json.ts';

export type RowEvent = Record<string, unknown>;

const nested: ReadonlySet<string> = new Set<FieldName>([
  'contents',
  'content_ids',
  'custom_properties',
  'app',
  'ad',
  'lead',
]);

/** @param localTime reads an `event_time` without zone, and a date as the beginning of its day */
export function fitEvent(event: Readonly<RowEvent>, localTime: LocalTime): RowEvent {
  const fitted: RowEvent = {};
  for (const name in event) fitted[name] = fitField(name, event[name]);
  const { event_time: time } = fitted;
  if (typeof time === 'string') fitted.event_time = localTime(startOfDay(time.trim(), localTime));
  return fitted;
}

function fitField(name: string, value: unknown): unknown {
  if (typeof value === 'object') return value;
  // A text column may hold JSON, since a CSV has nothing else for lists and objects.
  if (nested.has(name) && typeof value === 'string') return parseJsonValue(value);
  if (typeof value === 'string') return fitText(name, value);
  const schema = schemaOf(name);
  if (schema === undefined || schema.safeParse(value).success) return value;
  const text = String(value);
  return schema.safeParse(text).success ? text : value;
}

/** `true` and `false` from a text column, for the one field that is neither text nor number. */
function fitText(name: string, value: string): unknown {
  if (name !== 'limited_data_use') return value;
  const word = value.trim().toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : value;
}

const schemaOf = (name: string): z.ZodMiniType | undefined =>
  Object.hasOwn(fields, name) ? (fields[name as FieldName].schema() as z.ZodMiniType) : undefined;
