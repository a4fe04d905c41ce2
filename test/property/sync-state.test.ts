/** The state of a sync over many runs: no row is lost or sent twice, and the cursor never passes now or a row to read again. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSyncState } from '../../cli/sync/state/sync-state.ts';
import type { Entry } from '../../lib/rows/position.ts';

const now = 100;
const fault = { field: 'at', code: 'cursor_in_future', message: 'm' };
const cursorFault = (cursor: string) => (Number(cursor) > now ? fault : undefined);

interface Row {
  readonly id: string;
  readonly at: number;
  /** The run from which on its time is right. */
  readonly rightFrom: number;
}

const rowsOfRuns = fc.array(
  fc.array(fc.record({ step: fc.nat(3), isAhead: fc.boolean(), rightFrom: fc.nat(6) }), { maxLength: 8 }),
  { minLength: 1, maxLength: 5 },
);

/** Later runs add rows with a greater or the same cursor, as a column that only grows does. */
function toRows(
  runs: readonly (readonly { step: number; isAhead: boolean; rightFrom: number }[])[],
): Row[][] {
  let at = 0;
  return runs.map((rows, run) =>
    rows.map(({ step, isAhead, rightFrom }, index) => {
      if (!isAhead) at += step;
      return { id: `${run}-${index}`, at: isAhead ? 1_000 + step : at, rightFrom };
    }),
  );
}

/** @returns the ids that were sent */
function runOnce(file: string, rows: readonly Row[], run: number): string[] {
  const state = openSyncState({ file, target: 't', column: 'at', cursorFault });
  const from = Number(state.from ?? Number.NEGATIVE_INFINITY);
  const sent: string[] = [];
  for (const { id, at, rightFrom } of rows.filter((row) => row.at >= from).toSorted((a, b) => a.at - b.at)) {
    const entry: Entry = { cursor: String(at), digest: id, fault: cursorFault(String(at)) };
    const isOpen = rightFrom > run;
    if (!isOpen && !state.isSettled(entry)) sent.push(id);
    state.advance([entry], new WeakSet(isOpen ? [entry] : []));
  }
  state.flush();
  return sent;
}

test('over any runs, each row is sent once when its time is right, and the cursor passes none before', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sync-state-'));
  let number = 0;
  fc.assert(
    fc.property(rowsOfRuns, (runs) => {
      number += 1;
      const file = join(folder, String(number));
      const added = toRows(runs);
      const sent: string[] = [];
      for (const run of added.keys()) {
        const rows = added.slice(0, run + 1).flat();
        sent.push(...runOnce(file, rows, run));
        const right = rows.filter(({ rightFrom }) => rightFrom <= run).map(({ id }) => id);
        expect(sent.toSorted()).toEqual(right.toSorted());
        const waiting = rows.filter(({ rightFrom }) => rightFrom > run).map(({ at }) => at);
        const value = Number(stateOf(file)?.value ?? 0);
        expect(value).toBeLessThanOrEqual(Math.min(now, ...waiting));
      }
    }),
    { numRuns: 60 },
  );
  rmSync(folder, { recursive: true });
});

function stateOf(file: string): { value?: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
