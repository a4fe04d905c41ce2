/** Parsers of lists: empty entries are the same as absent ones, and a list without entries is left out. */
import { isBlank } from '../../../schema/is-blank.ts';
import type { FieldParser } from '../field.ts';

export type List<Item> = readonly (Item | null | undefined)[];

export const parseEach =
  <In, Out>(parseOne: FieldParser<In, Out>): FieldParser<List<In>, Out[]> =>
  (list, context, field) => {
    const parsed: Out[] = [];
    let index = -1;
    for (const entry of list) {
      index += 1;
      if (entry === null || entry === undefined || isBlank(entry)) continue;
      const value = parseOne(entry, context, `${field}[${index}]`);
      if (value !== undefined) parsed.push(value);
    }
    return parsed.length > 0 ? parsed : undefined;
  };

/** A value that is one entry, or a list; the canonical value keeps that form. */
export function parseOneOrEach<In extends string | number, Out>(
  parseOne: FieldParser<In, Out>,
): FieldParser<In | List<In>, Out | Out[]> {
  const parseList = parseEach(parseOne);
  return (value, context, field) =>
    typeof value === 'object' ? parseList(value, context, field) : parseOne(value, context, field);
}
