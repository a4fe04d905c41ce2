/** The table of docs/events.md that says which faults of a field cost its value, and which cost the event. */

import { fieldOf } from '../../lib/events/decode/judge.ts';
import { type Field, maxItems } from '../../lib/events/fields/field.ts';
import { type FieldName, fieldNames, fields } from '../../lib/events/fields/table.ts';
import type { Effect } from '../../lib/reasons/issue-text.ts';
import { code, markdownTable } from './markdown.ts';
import { probe } from './probe.ts';

const digest = 'b5fc85e55755f9e0d030a14ab4429b6b2944855f4cc1fc7d4b5d87af98ff2d4c';

/** Values that are wrong for one field or another. Each field is tried with all of them. */
const wrongValues: readonly unknown[] = [
  { wrong: 1 },
  true,
  -1,
  1.5,
  ' ',
  'wrong!',
  'undefined',
  '__CLICKID__',
  'Atlantis',
  'x'.repeat(5000),
  digest,
  // Of an empty text.
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'ada@example.com',
  '10.0.0.7',
  'ftp://shop.example/',
  'https://shop.example/?email=ada@example.com',
  '2020-01-01T00:00:00Z',
  '2040-01-01T00:00:00Z',
];

/** For fields that take a list. */
const wrongLists: readonly unknown[] = [
  [{ wrong: 1 }],
  [{ price: -1 }],
  Array.from({ length: 201 }, () => 'ada@example.com'),
];

/** @returns one line for all fields that have the same faults */
export function faultsTable(): string {
  const byFaults = Map.groupBy(fieldNames, (name) => JSON.stringify(faultsOf(name)));
  const rows = [...byFaults].map(([faults, names]) => {
    const [rejected, omitted, warned] = JSON.parse(faults) as string[][];
    return [names, rejected, omitted, warned].map((list = []) => list.map(code).join(', '));
  });
  return markdownTable(['Field', 'Rejects the event', 'Is omitted', 'Is sent, with a warning'], rows);
}

function faultsOf(name: FieldName): string[][] {
  const row: Field = fields[name];
  const values = maxItems(row) === undefined ? wrongValues : [...wrongValues, ...wrongLists];
  const beside = name === 'event_name' ? { external_id: 'customer-7' } : {};
  const findings = values
    .flatMap((value) => probe({ ...beside, [name]: value }))
    .filter(({ field }) => fieldOf(field) === name);
  const codesOf = (effect: Effect): string[] =>
    findings.filter((finding) => finding.effect === effect).map((finding) => finding.code);
  return (['rejected', 'omitted', 'warning'] as const).map((effect) =>
    [...new Set(codesOf(effect))].toSorted(),
  );
}
