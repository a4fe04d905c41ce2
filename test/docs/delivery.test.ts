/** The table of docs/delivery.md gives each of TikTok's codes the verdict that the gateway gives it. */
import { expect, test } from 'vitest';
import { codeMeanings } from '../../lib/tiktok/codes.ts';
import { judge, type Verdict } from '../../lib/tiktok/verdict.ts';
import { readPage } from './pages.ts';

const page = readPage('docs/delivery.md');

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
  ['Too fast', { kind: 'retry', suspects: 'nothing' }, { kind: 'retry' }],
  ['Down', { kind: 'retry', suspects: 'event' }, { kind: 'retry' }],
  ['The token', { kind: 'hold', isTokenTrouble: true }, { kind: 'hold' }],
  ['Permission', { kind: 'hold', isTokenTrouble: false }, { kind: 'hold' }],
];

test.each(rows)('the codes in the row "%s" get the verdict that the page names', (answer, first, fifth) => {
  expect(row(answer).length).toBeGreaterThan(0);
  for (const code of row(answer)) {
    expect(verdict(code, 1), String(code)).toMatchObject(first);
    expect(verdict(code, 5), String(code)).toMatchObject(fifth);
  }
});

test('every code in the table of verdicts is on the page', () => {
  expect(rows.flatMap(([answer]) => row(answer)).toSorted()).toEqual([...codeMeanings.keys()].toSorted());
});
