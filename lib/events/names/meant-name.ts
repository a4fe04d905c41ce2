/** Which field is meant by a name that is none: by its usual other names, by its words, or by its letters. */
import { nearestName } from '../../schema/nearest-name.ts';
import type { FieldTable } from '../fields/field.ts';
import { foldName } from './fold-name.ts';
import { foreignNames, usualNames, usualProductNames } from './usual-names.ts';

export interface Naming {
  /**
   * The field that is known by a name elsewhere: `page_url` for `url` and `pageUrl`.
   * @param holder the field whose parts are meant, such as `contents`; by default the event
   */
  knownBy(name: string, holder?: string): string | undefined;
  /** The same, or else the field that resembles the name: `zip_code` for `zip_codes`, `value` for `vlaue`. */
  meantBy(name: string, holder?: string): string | undefined;
}

/** Costs nothing before the first question. */
export function createNaming(table: FieldTable): Naming {
  const made = new Map<string | undefined, Names>();
  const namesIn = (holder: string | undefined): Names => {
    const names =
      made.get(holder) ?? (holder === undefined ? namesOfEvent(table) : namesOfParts(table, holder));
    made.set(holder, names);
    return names;
  };
  return {
    knownBy: (name, holder) => namesIn(holder).byFoldedName.get(foldName(name)),
    meantBy: (name, holder) => meant(name, namesIn(holder)),
  };
}

interface Names {
  readonly known: readonly string[];
  readonly byFoldedName: ReadonlyMap<string, string>;
}

const namesOfEvent = (table: FieldTable): Names => namesOf(table, [...partsBeside(table), ...usualNames()]);

function namesOfParts(table: FieldTable, holder: string): Names {
  const parts = table[holder]?.parts ?? {};
  // In `contents` an `id` is a `content_id`.
  const stem = foldName(holder).replace(/s$/, '');
  const short = Object.keys(parts).map((name) => [foldName(name).replace(stem, ''), name] as const);
  return namesOf(parts, [...(holder === 'contents' ? usualProductNames() : []), ...short]);
}

/** Own names win over other names, and other names stand for fields of the table only. */
function namesOf(table: FieldTable, others: readonly (readonly [string, string])[]): Names {
  const known = Object.keys(table);
  const isKnown = (field: string) => Object.hasOwn(table, field.split('.')[0] ?? '');
  const own = known.map((name) => [foldName(name), name] as const);
  return { known, byFoldedName: new Map([...others.filter(([, field]) => isKnown(field)), ...own]) };
}

/** A part that was put beside its object: `app_id` is `app.app_id`. */
const partsBeside = (table: FieldTable): (readonly [string, string])[] =>
  Object.entries(table).flatMap(([holder, { parts = {}, list }]) =>
    list === undefined
      ? Object.keys(parts).map((part) => [foldName(part), `${holder}.${part}`] as const)
      : [],
  );

/** The field of that name elsewhere; or the one that starts with the name or starts it (`phones_list`); or one near by letters. */
function meant(name: string, { known, byFoldedName }: Names): string | undefined {
  const folded = foldName(name);
  if (foreignNames().has(folded)) return undefined;
  const snake = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return (
    byFoldedName.get(folded) ??
    known.find((field) => field.startsWith(`${snake}_`) || snake.startsWith(`${field}_`)) ??
    nearestName(snake, known)
  );
}
