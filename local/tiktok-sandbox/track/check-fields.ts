/** Checks an object against a table of rules and names the first invalid field, as TikTok does. */
import { isObject } from '../../../lib/schema/is-object.ts';
import type { Rule } from './value-rules.ts';

/** @returns the path and the problem, such as `user.email: Not a valid sha256`, or undefined */
export type Check = (value: unknown, path: string) => string | undefined;

interface Shape {
  readonly fields: Readonly<Record<string, Check>>;
  readonly required?: readonly string[];
  /** Checks fields that the table does not name; without it such fields are refused. */
  readonly others?: Check;
}

export const one =
  (rule: Rule): Check =>
  (value, path) => {
    const wrong = rule(value);
    return wrong && `${path}: ${wrong}`;
  };

export function list(check: Check, maxLength = Number.POSITIVE_INFINITY): Check {
  return (value, path) => {
    if (!Array.isArray(value) || value.length === 0) return `${path}: Not a valid list`;
    if (value.length > maxLength) return `${path}: Longer than maximum length ${maxLength}`;
    for (const [index, item] of value.entries()) {
      const wrong = check(item, `${path}.${index}`);
      if (wrong) return wrong;
    }
    return undefined;
  };
}

export function oneOrList(rule: Rule): Check {
  const items = list(one(rule));
  return (value, path) => (Array.isArray(value) ? items(value, path) : one(rule)(value, path));
}

/** Refuses an empty object: TikTok wants absent values omitted. */
export function object(shape: Shape): Check {
  return (value, path) => {
    if (!isObject(value)) return `${path}: Not a valid object`;
    if (Object.keys(value).length === 0) return `${path}: Must not be empty`;
    const missing = shape.required?.find((name) => !Object.hasOwn(value, name));
    if (missing) return `${path}.${missing}: Missing data for required field`;
    return checkEntries(value, path, shape);
  };
}

function checkEntries(value: object, path: string, { fields, others }: Shape): string | undefined {
  for (const [name, field] of Object.entries(value)) {
    const check = Object.hasOwn(fields, name) ? fields[name] : others;
    const wrong = check ? check(field, `${path}.${name}`) : `${path}.${name}: Unknown field`;
    if (wrong) return wrong;
  }
  return undefined;
}
