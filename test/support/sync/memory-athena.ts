/** Athena's calls over rows in memory, for tests that run thousands of queries: it filters and sorts by the cursor alone. */
import {
  type AthenaApi,
  type QueryRequest,
  type ResultColumn,
  ResultGone,
} from '../../../lib/sync/engine/athena.ts';

export interface MemoryTable {
  readonly columns: readonly ResultColumn[];
  /** In the order that the query gives them. */
  rows: (readonly (string | undefined)[])[];
  /** Position of the cursor, whose values are whole numbers. */
  readonly cursor?: number;
}

const from = />= (-?\d+) or/;

/** @param rowsPerPage few, so that a run has many pages */
export function createMemoryAthena(table: MemoryTable, rowsPerPage = 7): AthenaApi & { queries: string[] } {
  const results = new Map<string, (readonly (string | undefined)[])[]>();
  const tokens = new Map<string, string>();
  const queries: string[] = [];

  function start({ sql, token }: QueryRequest): string {
    const known = tokens.get(token);
    if (known !== undefined) return known;
    const id = `query-${tokens.size + 1}`;
    tokens.set(token, id);
    queries.push(sql);
    results.set(id, sql.endsWith('limit 0') ? [] : select(table, from.exec(sql)?.[1]));
    return id;
  }

  return {
    queries,
    start: async (request) => start(request),
    status: async () => ({ state: 'succeeded', reason: '', bytesScanned: 1_000 }),
    page: async (id, token) => {
      const rows = results.get(id);
      if (rows === undefined) throw new ResultGone('unknown query');
      const begin = Number(token ?? 0);
      const header = token === undefined ? [table.columns.map(({ name }) => name)] : [];
      const next = begin + rowsPerPage < rows.length ? String(begin + rowsPerPage) : undefined;
      return { columns: table.columns, rows: [...header, ...rows.slice(begin, begin + rowsPerPage)], next };
    },
  };
}

function select({ rows, cursor }: MemoryTable, value: string | undefined) {
  if (cursor === undefined) return [...rows];
  const keyOf = (row: readonly (string | undefined)[]) => Number(row[cursor]);
  return rows
    .filter((row) => value === undefined || row[cursor] === undefined || keyOf(row) >= Number(value))
    .toSorted((a, b) => keyOf(a) - keyOf(b))
    .map((row) => [...row, row[cursor]]);
}
