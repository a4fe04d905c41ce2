/** docs/delivery.md gives each of TikTok's codes the verdict that the gateway gives it, and the numbers of calls are right. */
import { expect, test } from 'vitest';
import { codeMeanings } from '../../lib/tiktok/codes.ts';
import { judge, type Verdict } from '../../lib/tiktok/verdict.ts';
import { ok, refusing, runBatch, type Script } from '../support/delivery/delivery.ts';
import { eventRecords } from '../support/delivery/records.ts';
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

const text = page.replaceAll(/\s+/g, ' ');
const positions = Array.from({ length: 50 }, (_, position) => position);

/** The most extra calls that one bad event among 50 costs, over all its positions. */
async function mostExtraCalls(scriptOf: (bad: string) => Script, receives = 1, goodReceives = receives) {
  let most = 0;
  for (const position of positions) {
    const [old, others] = [eventRecords(50, undefined, receives), eventRecords(50, undefined, goodReceives)];
    const records = others.map((record, n) => (n === position ? (old[n] ?? record) : record));
    const { calls, delivered } = await runBatch(records, scriptOf(`e${position}`));
    expect(delivered).toHaveLength(49);
    most = Math.max(most, calls.length - 1);
  }
  return most;
}

const breaking =
  (bad: string): Script =>
  ({ ids }) =>
    ids.includes(bad) ? { kind: 'answer', status: 500 } : ok;

test('docs/delivery.md says how many extra calls one event costs that TikTok refuses', async () => {
  const right = await mostExtraCalls((bad) => refusing([bad], (index) => `Batch.${index}.`));
  const none = await mostExtraCalls((bad) => refusing([bad]));
  const wrong = await Promise.all(
    [() => 'data[0].', () => 'data[49].', (index: number) => `data.${index + 1}.`].map((name) =>
      mostExtraCalls((bad) => refusing([bad], name)),
    ),
  );
  expect(text).toContain(
    `One bad event among 50 costs ${right} extra calls if the position is right, ${none} at most if there is none, and ${Math.max(...wrong)} at most if it is wrong.`,
  );
  expect(readPage('docs/internals/decisions/0005-isolation-by-position-then-bisection.md')).toContain(
    `costs ${right} extra calls if the position is right, at most ${none} without a position, and at most ${Math.max(...wrong)} with a wrong one.`,
  );
});

test('docs/delivery.md says how many extra calls one event costs that breaks every call', async () => {
  const byReceive = await Promise.all([3, 6, 9].map((receives) => mostExtraCalls(breaking, receives)));
  const [halves, quarters, alone] = byReceive;
  expect(text).toContain(
    `One bad event among 50 costs ${halves}, ${quarters} or ${alone} extra calls at most (halves, quarters, single messages), one old bad event among 49 new ones costs ${await mostExtraCalls(breaking, 60, 1)},`,
  );
});

test('docs/delivery.md says how many extra calls an outage costs, and how many an invocation makes at most', async () => {
  const outage = await runBatch(eventRecords(50, undefined, 3), () => ({ kind: 'answer', status: 503 }));
  expect(outage.calls).toHaveLength(3);
  expect(text).toContain('If both parts fail, it is an outage: two extra calls, and everything waits.');
  const worst = await runBatch(eventRecords(50), refusing(positions.map((n) => `e${n}`)));
  expect(text).toContain(`An invocation makes at most ${worst.calls.length - 1} extra calls`);
});
