/** The short form of the ledger; `npm run test:ledger -- --events 100000` is the long one. */
import { expect, test } from 'vitest';
import { checkBooks, findCanaries } from './check-ledger.ts';
import { type LedgerResult, runLedger } from './run-ledger.ts';
import seeds from './seeds.json' with { type: 'json' };

const sound = { lost: [], unexpected: [], unexplained: [], wronglyParked: [], leaks: [], undrained: 0 };

const findings = ({ lost, unexpected, unexplained, wronglyParked, leaks, undrained }: LedgerResult) => ({
  lost,
  unexpected,
  unexplained,
  wronglyParked,
  leaks,
  undrained,
});

test('promises 1 to 5: accounts for 8,000 events through every kind of fault, without a canary', {
  timeout: 300_000,
}, async () => {
  const seed = Number(process.env.LEDGER_SEED ?? Math.floor(Date.now() / 1000) % 1_000_000);
  const result = await runLedger({ events: 8_000, seed });
  expect(findings(result), `seed ${seed}`).toEqual(sound);
  expect(result.acknowledged).toBeGreaterThanOrEqual(8_000);
  expect(result.parked, 'the poisoned events are parked').toBeGreaterThan(0);
});

test.each(seeds)(
  'promises 1 to 5: accounts for every event of the seed %i, kept as a regression',
  { timeout: 300_000 },
  async (seed) => {
    expect(findings(await runLedger({ events: 2_000, seed }))).toEqual(sound);
  },
);

test('finds the loss of events when the consumer reports no failures', {
  timeout: 300_000,
}, async () => {
  // Faults come by the clock: on a slow machine, those of one seed can all miss the batches.
  const lost: string[] = [];
  for (const seed of [1, 2, 3, 4]) {
    if (lost.length > 0) break;
    lost.push(...(await runLedger({ events: 4_000, seed, mutant: 'reports-no-failure' })).lost);
  }
  expect(lost.length).toBeGreaterThan(0);
});

const books = {
  attempted: new Set(['a']),
  acknowledged: new Set(['a']),
  delivered: new Map([['a', 1]]),
  parked: new Map(),
};

test('finds nothing in the books when every acknowledged event came out once', () => {
  expect(checkBooks(books)).toEqual({
    lost: [],
    unexpected: [],
    unexplained: [],
    wronglyParked: [],
    duplicates: 0,
  });
});

test.each([
  ['lost', { ...books, delivered: new Map() }],
  [
    'unexpected',
    {
      ...books,
      delivered: new Map([
        ['a', 1],
        ['b', 1],
      ]),
    },
  ],
  ['unexplained', { ...books, parked: new Map([['a', undefined]]) }],
  ['wronglyParked', { ...books, parked: new Map([['a', 'tiktok_40002']]) }],
] as const)('finds events that are %s', (finding, faulty) => {
  expect(checkBooks(faulty)[finding]).toHaveLength(1);
});

test('finds a canary in upper and lower case', () => {
  expect(findCanaries('…"email":"ZQMAIL7@leak.example"…')).toHaveLength(1);
  expect(findCanaries('nothing personal')).toEqual([]);
});
