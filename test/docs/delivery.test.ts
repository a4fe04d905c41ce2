/** The table of docs/delivery.md says of each code what the code does. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { judge, type Verdict } from '../../lib/tiktok/verdict.ts';

const page = readFileSync(new URL('../../docs/delivery.md', import.meta.url), 'utf8');
const source = readFileSync(new URL('../../lib/tiktok/verdict.ts', import.meta.url), 'utf8');

const row = (answer: string): number[] => {
  const line = page.split('\n').find((text) => text.startsWith(`| ${answer}`)) ?? '';
  const codes = line.split('|')[3]?.replace(/and other codes.*/, '') ?? '';
  return [...codes.matchAll(/\b\d+\b/g)].map(([code]) => Number(code));
};
const verdict = (code: number, receives: number): Verdict =>
  judge({ kind: 'answer', status: 200, code }, receives);

/** What each row promises, at the first receive and at the fifth. */
const rows: [answer: string, first: object, fifth: object][] = [
  ['OK', { kind: 'delivered', isPartial: false }, { kind: 'delivered' }],
  ['Partial success', { kind: 'delivered', isPartial: true }, { kind: 'delivered' }],
  ['The content of an event', { kind: 'reject' }, { kind: 'reject' }],
  ['Content that may pass later', { kind: 'retry' }, { kind: 'reject' }],
  ['Too fast', { kind: 'retry' }, { kind: 'retry' }],
  ['The token', { kind: 'hold', isTokenTrouble: true }, { kind: 'hold' }],
  ['Permission', { kind: 'hold', isTokenTrouble: false }, { kind: 'hold' }],
];

it.each(rows)('%s', (answer, first, fifth) => {
  expect(row(answer).length).toBeGreaterThan(0);
  for (const code of row(answer)) {
    expect(verdict(code, 1), String(code)).toMatchObject(first);
    expect(verdict(code, 5), String(code)).toMatchObject(fifth);
  }
});

it('names every code that has a ruling', () => {
  const ruled = [...source.matchAll(/^ {2}\[(\d+), '/gm)].map(([, code]) => Number(code));
  expect(rows.flatMap(([answer]) => row(answer)).toSorted()).toEqual(ruled.toSorted());
});
