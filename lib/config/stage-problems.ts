/** Turns zod's findings in a stage file into sentences that name the setting and the remedy, never its value. */
import type * as z from 'zod/mini';
import { nearestName } from '../schema/nearest-name.ts';
import { stageSchema } from './stage.ts';

type Issue = z.core.$ZodIssue;

/** @param input the parsed stage file, read only to distinguish a missing setting from a wrong one */
export function stageProblems(issues: readonly Issue[], input: unknown): string[] {
  return issues.flatMap((issue) => {
    const setting = path(issue.path);
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownSetting(issue.path, key));
    if (valueAt(input, issue.path) === undefined) return [missing(setting, issue)];
    // A rule of the schema about several settings continues the sentence that the setting starts.
    const joint = /^(?:and|or) /.test(issue.message) ? ' ' : ': ';
    return [`${setting || 'the file'}${joint}${expectation(issue)}`];
  });
}

/** The text of a schema without one of its own. */
const noText = 'Invalid input';

const missing = (setting: string, { message }: Issue): string =>
  message === noText ? `${setting} is missing` : `${setting} is missing: ${message}`;

function expectation(issue: Issue): string {
  if (issue.message !== noText) return issue.message;
  if (issue.code === 'invalid_type') return `expected ${typeNames[issue.expected] ?? issue.expected}`;
  if (issue.code === 'too_small') return tooSmall(issue.minimum, issue.origin);
  if (issue.code === 'too_big') return `must ${limit('most', issue.maximum, issue.origin)}`;
  if (issue.code === 'invalid_value') return `expected one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_format' && issue.pattern) return `expected text of the form ${issue.pattern}`;
  if (issue.code === 'invalid_key')
    return issue.issues.find(({ message }) => message !== noText)?.message ?? anyName;
  // The options of a discriminated union, which zod's types leave out.
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options))
    return `expected one of ${issue.options.map(String).join(', ')}`;
  return 'has the wrong form: see the comment in stages/prod.yml';
}

const anyName = 'this name may have letters, digits, - and _ only, 64 at most';

const typeNames: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'settings, one per line',
  record: 'entries, each with a name',
  array: 'a list',
};

const tooSmall = (minimum: number | bigint, origin: string): string =>
  origin === 'string' && Number(minimum) === 1
    ? 'must not be empty'
    : `must ${limit('least', minimum, origin)}`;

function limit(which: 'least' | 'most', bound: number | bigint, origin: string): string {
  if (origin === 'string') return `have at ${which} ${bound} characters`;
  if (origin === 'array') return `have at ${which} ${bound} ${Number(bound) === 1 ? 'entry' : 'entries'}`;
  return `be at ${which} ${bound}`;
}

function unknownSetting(parent: readonly PropertyKey[], key: string): string {
  const meant = nearestName(key, knownSettings(parent), ({ length }) => Math.max(2, length / 3));
  return `${path([...parent, key])} is not a setting${meant === undefined ? '' : `: did you mean ${meant}?`}`;
}

/** The settings next to a misspelled one, read from the schema itself, so no list can become outdated. */
function knownSettings(parent: readonly PropertyKey[]): string[] {
  let node: unknown = stageSchema;
  for (const part of parent) node = childSchema(node, part);
  return Object.keys(shapeOf(node) ?? {});
}

function childSchema(node: unknown, part: PropertyKey): unknown {
  const shape = shapeOf(node);
  return shape ? shape[String(part)] : definition(node)?.valueType;
}

function shapeOf(node: unknown): Readonly<Record<string, unknown>> | undefined {
  const found = definition(node);
  const inner = found?.innerType;
  return (inner === undefined ? found?.shape : shapeOf(inner)) as Record<string, unknown> | undefined;
}

const definition = (node: unknown): Readonly<Record<string, unknown>> | undefined =>
  (node as { def?: Record<string, unknown> } | undefined)?.def;

function valueAt(input: unknown, parts: readonly PropertyKey[]): unknown {
  return parts.reduce<unknown>(
    (value, part) => (value as Record<PropertyKey, unknown> | null)?.[part],
    input,
  );
}

function path(parts: readonly PropertyKey[]): string {
  return parts
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');
}
