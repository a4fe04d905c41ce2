/** One flag for each field of an event, made from the table of fields: `--event-name`, `--email`, `--value` … */
import { Option } from 'commander';
import { type FieldName, fieldNames, fields } from '../../lib/events/fields/table.ts';
import { usageError } from '../errors/cli-error.ts';

const lists: ReadonlySet<FieldName> = new Set([
  'email',
  'phone',
  'external_id',
  'hashed_email',
  'hashed_phone',
  'hashed_external_id',
  'content_ids',
]);
const objects: ReadonlySet<FieldName> = new Set(['contents', 'custom_properties', 'app', 'ad', 'lead']);

const flagOf = (field: FieldName): string => `--${field.replaceAll('_', '-')}`;

/** Adds the flags to a command; lists are given by repeating a flag, objects as JSON. */
export function addEventFlags(command: { addOption(option: Option): unknown }): void {
  for (const field of fieldNames) command.addOption(optionOf(field));
}

function optionOf(field: FieldName): Option {
  const { expects } = fields[field];
  if (field === 'limited_data_use') return new Option(flagOf(field), expects);
  if (objects.has(field)) return new Option(`${flagOf(field)} <json>`, `${expects}; as JSON`);
  const option = new Option(`${flagOf(field)} <text>`, lists.has(field) ? `${expects}; repeatable` : expects);
  if (lists.has(field)) option.argParser((value: string, before: string[] = []) => [...before, value]);
  return option;
}

/** @param options what commander made of the command line, by its camel-case names */
export function eventFromFlags(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const event: Record<string, unknown> = {};
  for (const field of fieldNames) {
    const value = options[camelCase(field)];
    if (value === undefined) continue;
    event[field] = objects.has(field) ? parseObject(field, String(value)) : single(value);
  }
  return event;
}

const camelCase = (field: string): string =>
  field.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** One e-mail is sent as text, several as a list. */
const single = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value);

function parseObject(field: FieldName, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw usageError(`${flagOf(field)} is not JSON: put it in single quotes, such as '{"app_id":"1"}'.`);
  }
}
