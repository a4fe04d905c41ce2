/** The words in which the schema's issues are explained: those of the table of fields. */
import type { Vocabulary } from '../../schema/explain-issues.ts';
import type { FieldTable } from '../fields/field.ts';
import { maxIssues } from '../issue.ts';

export const vocabularyOf = (table: FieldTable): Vocabulary => ({
  maxIssues,
  notAnObject: {
    field: '',
    code: 'invalid_event',
    message: 'expected an event: a JSON object of event fields',
  },
  expectedOf: (field) => (Object.hasOwn(table, field) ? table[field]?.expects : undefined),
  namesInside: (field) => Object.keys(field === undefined ? table : (table[field]?.parts ?? {})),
});

/** Every name that a field or a part of one has. */
export const knownNames = (table: FieldTable): readonly string[] => [
  ...new Set(Object.entries(table).flatMap(([name, { parts = {} }]) => [name, ...Object.keys(parts)])),
];
