/** One flag for each field of the table: `--event-name`, `--email`, `--value` … */
import { InvalidArgumentError, Option } from 'commander';
import { type Field, type FieldTable, maxItems } from '../../lib/events/fields/field.ts';
import { fields } from '../../lib/events/fields/table.ts';
import { usageError } from '../errors/cli-error.ts';

const flagOf = (field: string): string => `--${field.replaceAll('_', '-')}`;

/** Adds the flags to a command; lists are given by repeating a flag, objects as JSON. */
export function addEventFlags(
  command: { addOption(option: Option): unknown },
  table: FieldTable = fields,
): void {
  for (const [name, row] of Object.entries(table))
    command.addOption(optionOf(name, row).helpGroup(groupOf(name, row)));
}

/** The heading of a field in the help: what TikTok's event has it in says to what it belongs. */
function groupOf(name: string, { to, sources }: Field): string {
  const isOfApps = sources?.length === 1 && sources[0] === 'app';
  if (isOfApps || name === 'app' || name === 'ad') return 'App:';
  if (to === 'user') return 'Person:';
  if (to === 'call') return requestGroup;
  return to === 'contents' || /^(content|num_items)/.test(name) ? 'Product:' : 'Event:';
}

/** The heading of the options that are no fields. */
export const requestGroup = 'Request:';

function optionOf(name: string, row: Field): Option {
  const { expects, isFlag, isObject } = row;
  if (isFlag) return new Option(`${flagOf(name)} [true|false]`, expects).argParser(parseFlag);
  if (isObject) return new Option(`${flagOf(name)} <json>`, `${expects}; as JSON`);
  const isList = maxItems(row) !== undefined;
  const option = new Option(`${flagOf(name)} <text>`, isList ? `${expects}; repeatable` : expects);
  if (isList) option.argParser((value: string, before: string[] = []) => [...before, value]);
  return option;
}

/** The flag alone means true. */
function parseFlag(value: string): boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  throw new InvalidArgumentError('Expected true or false.');
}

/** @param options what commander made of the command line, by its camel-case names */
export function eventFromFlags(
  options: Readonly<Record<string, unknown>>,
  table: FieldTable = fields,
): Record<string, unknown> {
  const event: Record<string, unknown> = {};
  for (const [name, { isObject }] of Object.entries(table)) {
    const value = options[camelCase(name)];
    if (value === undefined) continue;
    event[name] = isObject ? parseObject(name, String(value)) : single(value);
  }
  return event;
}

const camelCase = (field: string): string =>
  field.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** One email is sent as text, several as a list. */
const single = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value);

function parseObject(field: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw usageError(`${flagOf(field)} is not JSON: put it in single quotes, such as '{"app_id":"1"}'.`);
  }
}
