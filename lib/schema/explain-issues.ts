/** Explains zod's issues in our own words. Zod's messages are never used: they can repeat what the caller sent. */
import type * as z from 'zod/mini';

type SchemaIssue = z.core.$ZodIssue;

/** An issue fit for an answer: it holds nothing of the value. */
export interface Explained {
  /** Path, such as `contents[2].price`; `(field 3)` for a name that must not be repeated. */
  readonly field: string;
  readonly code: ExplainedCode;
  readonly message: string;
}

/** What is wrong with the shape of a value. */
export type ShapeCode =
  | 'too_long'
  | 'too_many'
  | 'out_of_range'
  | 'empty'
  | 'invalid_value'
  | 'invalid_type'
  | 'unknown_field';

export type ExplainedCode = ShapeCode | 'required' | 'invalid_event' | 'foreign_shape';

/** What the schema's owner says about its fields. */
export interface Vocabulary {
  /** At most this many issues are explained: an input may have hundreds of thousands. */
  readonly maxIssues: number;
  /** The issue of an input that is no object. */
  readonly notAnObject: Explained;
  /** Completes the sentence "expected …"; undefined for a name that is no field. */
  expectedOf(field: string): string | undefined;
  /**
   * Completes the sentence "this field is not known: …" for a name that may be repeated; undefined when nothing is near.
   * @param holder the field that the unknown one is in; undefined for the input itself
   */
  hintFor(name: string, value: unknown, holder: string | undefined): string | undefined;
  /** The one issue of an input in the shape of another API: all others would follow from it. */
  foreignShape(input: unknown): Explained | undefined;
}

/** Names that may be repeated: they look like the name of a field, and hold no phone number. */
const presentableName = /^(?!.*\d{5})[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** @returns the name, or `(name)` for one that must not be repeated */
export const presentable = (name: string): string => (presentableName.test(name) ? name : '(name)');

/** @param input what was parsed; read only for the positions of fields whose names must not be repeated */
export function explainIssues(
  found: readonly SchemaIssue[],
  input: unknown,
  vocabulary: Vocabulary,
): Explained[] {
  const foreign = vocabulary.foreignShape(input);
  if (foreign !== undefined) return [foreign];
  const { maxIssues } = vocabulary;
  const issues: Explained[] = [];
  for (const issue of found) {
    if (issues.length >= maxIssues) break;
    if (issue.code === 'unrecognized_keys') issues.push(...explainUnknown(issue, input, vocabulary));
    else issues.push(explainIssue(issue, input, vocabulary));
  }
  return issues.slice(0, maxIssues);
}

function explainIssue(issue: SchemaIssue, input: unknown, vocabulary: Vocabulary): Explained {
  const name = String(issue.path[0]);
  const field = fieldPath(issue.path);
  const expected = vocabulary.expectedOf(name);
  if (expected === undefined) return vocabulary.notAnObject;
  const value = valueAt(input, [name]);
  if (value === undefined || value === null)
    return { field, code: 'required', message: `is missing: ${expected}` };
  return { field, code: codeOf(issue), message: `expected ${expected}` };
}

export function codeOf(issue: SchemaIssue): ShapeCode {
  if (issue.code === 'too_big')
    return issue.origin === 'string' ? 'too_long' : issue.origin === 'array' ? 'too_many' : 'out_of_range';
  if (issue.code === 'too_small') return issue.origin === 'array' ? 'empty' : 'out_of_range';
  if (issue.code === 'invalid_union') return codeOfUnion(issue);
  if (issue.code === 'unrecognized_keys') return 'unknown_field';
  return issue.code === 'invalid_value' ? 'invalid_value' : 'invalid_type';
}

/** The alternative that got furthest says most: a text too long rather than "no integer". */
function codeOfUnion(issue: z.core.$ZodIssueInvalidUnion): ShapeCode {
  const codes = issue.errors.flatMap((branch) => branch.map((inner) => codeOf(inner as SchemaIssue)));
  return codes.find((code) => code !== 'invalid_type') ?? 'invalid_type';
}

function explainUnknown(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  input: unknown,
  { maxIssues, hintFor }: Vocabulary,
): Explained[] {
  const [holder] = issue.path;
  const path = holder === undefined ? '' : `${fieldPath(issue.path)}.`;
  const inside = holder === undefined ? undefined : String(holder);
  const siblings = Object(valueAt(input, issue.path));
  const positions = Object.keys(siblings);
  // Cut here too: the search for the name that was meant is slow.
  return issue.keys.slice(0, maxIssues).map((key) => {
    const isPresentable = presentableName.test(key);
    const hint = isPresentable ? hintFor(key, siblings[key], inside) : undefined;
    return {
      field: path + (isPresentable ? key : `(field ${positions.indexOf(key) + 1})`),
      code: 'unknown_field',
      message: `this field is not known: ${hint ?? 'see the list of fields in /v1/openapi.json'}`,
    };
  });
}

/** Such as `contents[2].price`; a name of the caller's own (custom properties) is repeated only if presentable. */
function fieldPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      const name = presentable(String(part));
      return index === 0 ? name : `.${name}`;
    })
    .join('');
}

/** @param path as zod gives it: it leads through objects and lists only */
const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, part) => Reflect.get(Object(value), part), input);
