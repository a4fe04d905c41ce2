/** Writes a decision as a mapping file with comments, in the format of docs/sources/mapping.md. */
import { stringify } from 'yaml';
import { type FieldName, fieldNames } from '../../../lib/events/fields/table.ts';
import type { Decision } from './decide.ts';
import { meantBy } from './propose.ts';
import type { Sample } from './sample.ts';

/** @param shown the columns whose names may be written down */
export function mappingText({ rows, columns }: Sample, decision: Decision, shown: readonly string[]): string {
  const { eventName, entries, byName, excluded } = decision;
  const used = new Set([...entries.values(), ...byName, ...excluded]);
  const unused = columns.map(({ name }) => name).filter((name) => !used.has(name) && shown.includes(name));
  return [
    `# How columns become event fields, for sync --map. sync init wrote it from the first ${rows} rows: check it.`,
    '# Left: the event field (docs/events.md). Right: a column, or an expression (docs/sources/mapping.md).',
    '',
    ...(eventName === undefined
      ? []
      : [`event_name: ${scalar(`'${escaped(eventName)}'`)} # the same for every row`]),
    ...fieldNames.flatMap((field) => entryLines(field, entries.get(field))),
    ...notes(decision),
    ...listed('Columns that fill the field of their name, without an entry', byName),
    ...excludedLines(excluded),
    ...listed('Columns that are not used', unused.map(withHint)),
    '',
  ].join('\n');
}

const scalar = (text: string): string => stringify(text, { lineWidth: 0 }).trimEnd();
const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");

function entryLines(field: FieldName, column: string | undefined): string[] {
  if (column === undefined) return [];
  const comment = comments[field];
  return [`${field}: ${scalar(expression(column))}${comment === undefined ? '' : ` # ${comment}`}`];
}

const comments: Partial<Readonly<Record<FieldName, string>>> = {
  event_id: 'unique, and the id that the browser pixel sends, if it sends one',
  event_time: 'when it happened; --timezone is the zone of times without one',
  value: 'in units such as euros; for cents, write minor_units(column, currency)',
};

/** Words of JMESPath's own, and names with other characters, need quotes. */
const expression = (column: string): string =>
  /^[A-Za-z_]\w*$/.test(column) && !['let', 'in', 'null', 'true', 'false'].includes(column)
    ? column
    : JSON.stringify(column);

function notes({ entries, byName, repeatedIds }: Decision): string[] {
  const has = (field: FieldName): boolean =>
    entries.has(field) || byName.some((name) => name.toLowerCase() === field);
  return [
    ...(has('event_id')
      ? []
      : [
          '# event_id: …  Without an entry, sync makes the id of the content of the row.',
          ...repeatedIds.map((name) => `#   ${name} is in several rows, so it cannot be the id.`),
        ]),
    ...(has('event_time') ? [] : ['# event_time: …  Without an entry, the event happens when it is sent.']),
    ...(has('value') && !has('currency')
      ? ['# currency: "\'EUR\'"  Without it, the currency of the destination.']
      : []),
  ];
}

const listed = (title: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : ['', `# ${title}:`, ...names.map((name) => `#   ${name}`)];

const excludedLines = (names: readonly string[]): string[] =>
  names.length === 0
    ? []
    : [
        '',
        '# Columns that would fill the field of their name, and probably mean something else. An entry can still read them,',
        "# such as source.when: status == 'paid'",
        'exclude:',
        ...names.map((name) => `  - ${scalar(name)}`),
      ];

function withHint(column: string): string {
  const meant = meantBy(column);
  return meant === undefined ? column : `${column}  (${meant}?)`;
}
