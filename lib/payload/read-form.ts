/**
 * Reads a form (`application/x-www-form-urlencoded`) as an object, with the names of PHP and Rails: `a[b]=1` is nested, `a[]=1`
 * and a repeated name make a list. It never throws, whatever the text, and bounds the number of fields and their depth.
 */

export type ReadForm =
  | { readonly ok: true; readonly form: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly reason: 'no_form' | 'too_many_fields' | 'not_utf8' };

/** As many as PHP reads (`max_input_vars`). */
const maxFields = 1000;
/** A deeper name stays as it is written. */
const maxDepth = 8;

/** A map, because a name can be `__proto__`. */
type Branch = Map<string, Value>;
type Value = string | string[] | Branch;

export function readForm(text: string): ReadForm {
  const form = text.trim();
  if (!form.includes('=')) return { ok: false, reason: 'no_form' };
  if (form.split('&', maxFields + 1).length > maxFields) return { ok: false, reason: 'too_many_fields' };
  const fields = [...new URLSearchParams(form)];
  if (hasOtherEncoding(form, fields)) return { ok: false, reason: 'not_utf8' };
  const root: Branch = new Map();
  for (const [name, value] of fields) put(root, pathOf(name), value);
  return { ok: true, form: toObject(root) };
}

/** Readers of forms replace each byte that is not UTF-8, such as windows-1252 of PayPal, by this character. */
const replacement = '\uFFFD';

const hasOtherEncoding = (text: string, fields: readonly (readonly [string, string])[]): boolean =>
  !text.includes(replacement) &&
  !/%EF%BF%BD/i.test(text) &&
  fields.some((field) => field.some((part) => part.includes(replacement)));

const bracketName = /^([^[\]]+)((?:\[[^[\]]*\])+)$/;

/** @returns the steps of `a[b][]`: a, b, and an empty one for the list */
function pathOf(name: string): readonly string[] {
  const [, first, brackets] = bracketName.exec(name) ?? [];
  if (first === undefined || brackets === undefined) return [name];
  const path = [first, ...brackets.slice(1, -1).split('][')];
  // An empty step within a path has no clear meaning: the senders differ.
  return path.length > maxDepth || path.slice(0, -1).includes('') ? [name] : path;
}

function put(root: Branch, path: readonly string[], value: string): void {
  const isList = path.length > 1 && path.at(-1) === '';
  const steps = isList ? path.slice(0, -1) : path;
  const branch = branchAt(root, steps.slice(0, -1));
  // `a=1&a[b]=2`: the second name stays as it is written.
  if (branch === undefined) add(root, written(path), value, false);
  else add(branch, steps.at(-1) ?? '', value, isList);
}

/** @returns undefined when a step already has a text or a list */
function branchAt(root: Branch, steps: readonly string[]): Branch | undefined {
  let branch = root;
  for (const step of steps) {
    const next = branch.get(step) ?? new Map<string, Value>();
    if (!(next instanceof Map)) return undefined;
    branch.set(step, next);
    branch = next;
  }
  return branch;
}

function add(branch: Branch, name: string, value: string, isList: boolean): void {
  const current = branch.get(name);
  if (Array.isArray(current)) current.push(value);
  else if (typeof current === 'string') branch.set(name, [current, value]);
  else if (current === undefined) branch.set(name, isList ? [value] : value);
  // `a[b]=1&a=2`: the object is kept.
}

const written = ([first = '', ...steps]: readonly string[]): string =>
  first + steps.map((step) => `[${step}]`).join('');

const toObject = (branch: Branch): Record<string, unknown> =>
  Object.fromEntries([...branch].map(([name, value]) => [name, plain(value)]));

/** `items[0]`, `items[1]` … are a list too. */
function plain(value: Value): unknown {
  if (!(value instanceof Map)) return value;
  const isList = [...value.keys()].every((key, index) => key === String(index));
  return isList ? [...value.values()].map(plain) : toObject(value);
}
