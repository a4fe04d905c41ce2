/** Turns zod's findings into our issues. Zod's own messages are never used: they can repeat what the caller sent. */
import type * as z from 'zod/mini';
import { lazily } from '../../schema/lazily.ts';
import { nearestName } from '../../schema/nearest-name.ts';
import { type FieldIssue, maxIssues } from '../issue.ts';
import { contentFields } from './commerce.ts';
import { adSchema, appSchema, leadSchema } from './objects.ts';
import { type FieldName, fieldNames, fields } from './table.ts';

type SchemaIssue = z.core.$ZodIssue;

/** Fit to repeat: looks like the name of a field, and holds no phone number. */
const presentableName = /^(?!.*\d{5})[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** @param input what was parsed; looked at only for the position of fields whose names cannot be repeated */
export function fromSchemaIssues(found: readonly SchemaIssue[], input: unknown): FieldIssue[] {
  const issues: FieldIssue[] = [];
  for (const issue of found) {
    // What is not told need not be worked out: there may be hundreds of thousands.
    if (issues.length >= maxIssues) break;
    if (issue.code === 'unrecognized_keys') issues.push(...unknownFields(issue, input));
    else issues.push(fromIssue(issue, input));
  }
  return issues.slice(0, maxIssues);
}

function fromIssue(issue: SchemaIssue, input: unknown): FieldIssue {
  const name = String(issue.path[0]);
  const path = fieldPath(issue.path);
  if (!(name in fields))
    return { field: '', code: 'invalid_event', message: 'expected an event: a JSON object of event fields' };
  const value = valueAt(input, [name]);
  if (value === undefined || value === null) {
    return { field: path, code: 'required', message: `is missing: ${fields[name as FieldName].expects}` };
  }
  return { field: path, code: codeOf(issue), message: `expected ${fields[name as FieldName].expects}` };
}

function codeOf(issue: SchemaIssue): string {
  if (issue.code === 'too_big')
    return issue.origin === 'string' ? 'too_long' : issue.origin === 'array' ? 'too_many' : 'out_of_range';
  if (issue.code === 'too_small') return issue.origin === 'array' ? 'empty' : 'out_of_range';
  if (issue.code === 'invalid_union') return codeOfUnion(issue);
  return issue.code === 'invalid_value' ? 'invalid_value' : 'invalid_type';
}

/** Of the alternatives the one that came furthest tells the most: a text too long rather than "no integer". */
function codeOfUnion(issue: z.core.$ZodIssueInvalidUnion): string {
  const codes = issue.errors.flatMap((branch) => branch.map((inner) => codeOf(inner as SchemaIssue)));
  return codes.find((code) => code !== 'invalid_type') ?? 'invalid_type';
}

/** What refuses unknown names: the event itself (under the empty name), and those of its fields that are objects. */
type Holder = '' | 'contents' | 'app' | 'ad' | 'lead';

const namesInside = lazily(
  (): Readonly<Record<Holder, readonly string[]>> => ({
    '': fieldNames,
    contents: contentFields,
    app: Object.keys(appSchema().shape),
    ad: Object.keys(adSchema().shape),
    lead: Object.keys(leadSchema().shape),
  }),
);

function unknownFields(issue: z.core.$ZodIssueUnrecognizedKeys, input: unknown): FieldIssue[] {
  const path = issue.path.length > 0 ? `${fieldPath(issue.path)}.` : '';
  const known = namesInside()[String(issue.path[0] ?? '') as Holder];
  const positions = Object.keys(valueAt(input, issue.path) as object);
  // Cut here too: to look for the name that was meant takes long.
  return issue.keys.slice(0, maxIssues).map((key) => {
    if (!presentableName.test(key)) {
      const field = `${path}(field ${positions.indexOf(key) + 1})`;
      return {
        field,
        code: 'unknown_field',
        message: 'this field is not known: see the list of fields in /v1/openapi.json',
      };
    }
    const meant = nearest(key, known);
    const hint =
      meant === undefined ? 'see the list of fields in /v1/openapi.json' : `did you mean ${meant}?`;
    return { field: path + key, code: 'unknown_field', message: `this field is not known: ${hint}` };
  });
}

/**
 * The known name of which one is the beginning of the other (`zip`, `phone_number`), or that lies within a third of
 * the letters; upper case and separators aside: `eMail`, `eventName`, `curency`.
 */
function nearest(key: string, known: readonly string[]): string | undefined {
  const snake = key.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  const whole = known.find((name) => name.startsWith(`${snake}_`) || snake.startsWith(`${name}_`));
  return whole ?? nearestName(snake, known);
}

/** `contents[2].price`; names that came from the caller (custom properties) are not repeated unless presentable. */
function fieldPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      const name = presentableName.test(String(part)) ? String(part) : '(name)';
      return index === 0 ? name : `.${name}`;
    })
    .join('');
}

/** @param path as zod gives it: it leads through objects and lists only */
const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((value, part) => (value as Record<PropertyKey, unknown>)[part], input);
