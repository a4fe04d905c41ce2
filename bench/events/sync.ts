/** The loop of a scheduled sync without AWS: a page of 1,000 rows as Athena answers → checked events → messages; and its floor. */
import { readPass } from '../../lib/sync/read-pass.ts';
import { syncSchema } from '../../lib/sync/settings.ts';
import { newRun } from '../../lib/sync/state/record.ts';
import type { SyncLoop } from './figures.ts';
import { destinations, receivedAtMs } from './fixture.ts';
import { queue, telemetry } from './ingest.ts';
import { type Effort, measure, ratio } from './measure.ts';

const rowsPerPage = 1_000;

/** 19 columns, with the names of fields: what a model for a destination looks like. */
const cellsOf = (id: number): Readonly<Record<string, string>> => ({
  event_name: 'Purchase',
  event_id: `order-${id}`,
  event_time: new Date(receivedAtMs - id * 1_000).toISOString(),
  email: `person${id}@example.com`,
  phone: `+1213373${String(4_000 + id).slice(0, 4)}`,
  external_id: `customer-${id}`,
  ip: `203.0.113.${id % 250}`,
  user_agent:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36',
  ttclid: `E.C.P.${id}abcdefghijklmnop`,
  url: `https://shop.example/products/${id}`,
  referrer: 'https://www.google.com/',
  value: String(id / 4 + 1),
  currency: 'USD',
  order_id: String(id),
  first_name: 'Ada',
  last_name: 'Lovelace',
  city: 'Los Angeles',
  country: 'US',
  zip: '90001',
});

const names = Object.keys(cellsOf(0));
const columns = names.map((name) => ({ name, type: name === 'value' ? 'decimal' : 'varchar' }));
const rows = Array.from({ length: rowsPerPage }, (_, id) => cellsOf(id));

/** The answer of GetQueryResults. */
const page = JSON.stringify({
  ResultSet: { Rows: rows.map((row) => ({ Data: names.map((name) => ({ VarCharValue: row[name] })) })) },
});

interface Page {
  readonly ResultSet: {
    readonly Rows: readonly { readonly Data: readonly { readonly VarCharValue: string }[] }[];
  };
}

const parsePage = () =>
  (JSON.parse(page) as Page).ResultSet.Rows.map(({ Data }) => Data.map(({ VarCharValue }) => VarCharValue));

const nothing = async (): Promise<void> => undefined;
const settings = syncSchema().parse({
  engine: 'athena',
  database: 'shop',
  query: 'select * from orders',
  schedule: 'rate(1 hour)',
});
const context = {
  settings: {
    stage: 'bench',
    queueUrl: 'https://sqs.example.com/q',
    destinations,
    syncs: { orders: settings },
    functionName: 'sync',
  },
  clients: {
    athena: {
      start: async () => '',
      status: async () => ({ state: 'succeeded' as const, reason: '', bytesScanned: 0 }),
      page: async () => ({ columns, rows: parsePage(), next: undefined }),
    },
    openTable: () => {
      throw new Error('the loop needs no table');
    },
    queue,
    files: { put: nothing },
    publisher: { publish: nothing },
    invoker: { start: nothing },
    telemetry,
  },
  clock: { now: () => receivedAtMs, pause: nothing, timeout: () => new AbortController().signal },
  random: () => '0',
};

/** One page of 1,000 rows. */
async function syncPage(): Promise<number> {
  const run = newRun('bench', 'schedule', receivedAtMs);
  await readPass({
    sync: 'orders',
    settings,
    context,
    run,
    columns,
    cursor: undefined,
    members: undefined,
    record: { stalled: 0, health: 'ok', empty_runs: 0 },
    query: { id: '1', sql: '', settled_rows: 0 },
    progress: {
      start: { settled: [] },
      settle: () => undefined,
      isFull: () => false,
      saveIfDue: nothing,
      save: nothing,
    },
    rejects: { add: () => undefined, drain: nothing, flush: nothing },
    checkTime: () => undefined,
  });
  if (run.sent !== rowsPerPage) throw new Error('the fixture is not accepted');
  return run.sent;
}

/** Parses the page, makes an object of each row, and writes its JSON: the least that any program does. */
const floor = (): number =>
  parsePage()
    .map((cells) => JSON.stringify(Object.fromEntries(names.map((name, index) => [name, cells[index]]))))
    .reduce((sum, text) => sum + text.length, 0);

export async function measureSync(effort: Effort): Promise<SyncLoop> {
  const timings = await measure(
    [
      { name: 'floor', run: floor, units: rowsPerPage },
      { name: 'sync', run: syncPage, units: rowsPerPage },
    ],
    effort,
  );
  const none = { medianUs: Number.NaN, minUs: Number.NaN, rounds: [] };
  const [least = none, ours = none] = [timings.get('floor'), timings.get('sync')];
  const rounded = (value: number): number => Number(value.toFixed(3));
  return {
    ratio: rounded(ratio(ours, least)),
    usPerRow: rounded(ours.medianUs),
    floorUsPerRow: rounded(least.medianUs),
  };
}
