import { describe, expect, it } from 'vitest';
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

describe('promises 1 to 5: what was acknowledged is delivered or parked with its reason, whatever fails', () => {
  it('balances the books of 20,000 events through every kind of fault', { timeout: 300_000 }, async () => {
    const seed = Number(process.env.LEDGER_SEED ?? Math.floor(Date.now() / 1000) % 1_000_000);
    const result = await runLedger({ events: 20_000, seed });
    expect(findings(result), `seed ${seed}`).toEqual(sound);
    expect(result.acknowledged).toBeGreaterThanOrEqual(20_000);
    expect(result.parked, 'the poisoned events are parked').toBeGreaterThan(0);
  });

  it.each(seeds)(
    'balances the books of seed %i, kept as a regression',
    { timeout: 300_000 },
    async (seed) => {
      expect(findings(await runLedger({ events: 3_000, seed }))).toEqual(sound);
    },
  );

  it('finds the loss when the consumer reports no failures', { timeout: 300_000 }, async () => {
    const result = await runLedger({ events: 3_000, seed: 1, mutant: 'reports-no-failure' });
    expect(result.lost.length).toBeGreaterThan(0);
  });
});

describe('the books', () => {
  const books = {
    attempted: new Set(['a']),
    acknowledged: new Set(['a']),
    delivered: new Map([['a', 1]]),
    parked: new Map(),
  };

  it('balances when every acknowledged event came out once', () => {
    expect(checkBooks(books)).toEqual({
      lost: [],
      unexpected: [],
      unexplained: [],
      wronglyParked: [],
      duplicates: 0,
    });
  });

  it.each([
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

  it('finds a canary in any case', () => {
    expect(findCanaries('…"email":"ZQMAIL7@leak.example"…')).toHaveLength(1);
    expect(findCanaries('nothing personal')).toEqual([]);
  });
});
