/** The words in which the schema's issues are explained: those of the table of fields. */
import type { Vocabulary } from '../../schema/explain-issues.ts';
import { isObject } from '../../schema/is-object.ts';
import type { FieldTable } from '../fields/field.ts';
import { maxIssues } from '../issue.ts';
import { foreignShapesOf } from '../names/foreign-shape.ts';
import { createNaming } from '../names/meant-name.ts';

export function vocabularyOf(table: FieldTable): Vocabulary {
  const naming = createNaming(table);
  return {
    maxIssues,
    notAnObject: {
      field: '',
      code: 'invalid_event',
      message: 'expected an event: a JSON object of event fields',
    },
    expectedOf: (field) => (Object.hasOwn(table, field) ? table[field]?.expects : undefined),
    hintFor: (name, value, holder) => {
      if (holder === undefined && foreignHolders.has(name) && isObject(value)) return isFlat;
      if (holder === undefined && Array.isArray(value) && foreignLists.has(name)) return isList;
      const meant = naming.meantBy(name, holder);
      return meant === undefined ? undefined : `did you mean ${meant}?`;
    },
    foreignShape: foreignShapesOf(table, naming),
  };
}

/** Objects that other APIs put around a person, a page or a purchase. */
const foreignHolders: ReadonlySet<string> = new Set(
  'user user_data properties custom_data page context traits customer event payload'.split(' '),
);
const isFlat =
  'an event is flat, so send the fields inside it beside event_name, and your own in custom_properties';

const foreignLists: ReadonlySet<string> = new Set('data batch records messages'.split(' '));
const isList = 'a request with several events is {"events":[…]}';

/** Every name that a field or a part of one has. */
export const knownNames = (table: FieldTable): readonly string[] => [
  ...new Set(Object.entries(table).flatMap(([name, { parts = {} }]) => [name, ...Object.keys(parts)])),
];
