/** Finds the fields of an object whose values do not have the shape of their schema; for a correct object, at one look each. */
import type { Matcher } from './matcher.ts';

const none: readonly string[] = [];
const unknownField: Matcher = () => false;
const isNullish: Matcher = (value) => value === undefined || value === null;

/**
 * @param fields make the matchers of their values on first use; all fields but `required` may be absent or null
 * @returns a function that gives the names of the misfits: of wrong values, of unknown fields, and `required` when it is missing
 */
export function misfitFinder(
  fields: ReadonlyMap<string, () => Matcher>,
  required: string,
): (object: Readonly<Record<string, unknown>>) => readonly string[] {
  const made = new Map<string, Matcher>();
  const make = (name: string): Matcher => {
    const makeMatcher = fields.get(name);
    if (makeMatcher === undefined) return unknownField;
    const isValue = makeMatcher();
    const matches: Matcher = (value) => isValue(value) || isNullish(value);
    made.set(name, matches);
    return matches;
  };
  return (object) => {
    let misfits: string[] | undefined;
    for (const name in object) {
      const matches = made.get(name) ?? make(name);
      if (matches(object[name])) continue;
      misfits ??= [];
      misfits.push(name);
    }
    return isNullish(object[required]) ? [...(misfits ?? none), required] : (misfits ?? none);
  };
}
