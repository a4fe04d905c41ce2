/** The settings of one sync: what its schema takes, and the rules of two settings. */
import { describe, expect, test } from 'vitest';
import { type SyncSettings, syncProblems, syncSchema, syncsSchema } from '../../../lib/sync/settings.ts';

const smallest = { engine: 'athena', database: 'shop', query: 'select 1', schedule: 'rate(1 hour)' };
const parsed = (more: object): SyncSettings => syncSchema().parse({ ...smallest, ...more });
const isTaken = (more: object): boolean => syncSchema().safeParse({ ...smallest, ...more }).success;

describe('a setting', () => {
  test.each([
    ['schedule', 'rate(15 minutes)'],
    ['schedule', 'cron(0 6 * * ? *)'],
    ['schedule', 'cron(0/10 8-18 ? * MON-FRI *)'],
    ['data', ['s3://my-bucket']],
    ['data', ['s3://my-bucket/orders/2026/']],
    ['results', 's3://my-bucket/athena-results'],
    ['timezone', 'Europe/Berlin'],
    ['catalog', 'redshift'],
    ['tables', ['orders', 'order_lines']],
  ])('%s takes %j', (name, value) => {
    expect(isTaken({ [name]: value })).toBe(true);
  });

  test.each([
    ['engine', 'bigquery'],
    ['schedule', 'rate(0 minutes)'],
    ['schedule', 'every hour'],
    ['data', ['s3://my-bucket/*']],
    ['data', ['https://my-bucket/orders']],
    ['results', 's3://UPPER/x'],
    ['timezone', 'Berlin'],
    ['timezone', ''],
    ['database', 'Shop'],
    ['tables', ['orders*']],
    ['workgroup', '*'],
    ['query', '  '],
    ['unknown', 1],
  ])('%s refuses %j', (name, value) => {
    expect(isTaken({ [name]: value })).toBe(false);
  });
});

describe('the rules of two settings', () => {
  test.each([
    ['add without an audience', { mode: 'add' }, /audience is missing/],
    ['an audience without add', { audience: 'Vip' }, /audience belongs to mode add/],
    ['add with a cursor', { mode: 'add', audience: 'Vip', cursor: 'id' }, /cursor does not go with mode add/],
    ['a start without a cursor', { from: '2026-01-01' }, /from is a value of the cursor/],
  ])('refuse %s', (_says, more, problem) => {
    const problems = syncProblems('orders', parsed(more));
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems[0]).toMatch(/^syncs\.orders\./);
  });

  test('refuse reserved names', () => {
    expect(syncProblems('api', parsed({}))).toEqual([
      expect.stringContaining('syncs.api needs another name'),
    ]);
  });

  test('let a whole sync pass', () => {
    expect(syncProblems('orders', parsed({ cursor: 'updated_at', from: '2026-01-01' }))).toEqual([]);
    expect(syncProblems('vip', parsed({ mode: 'add', audience: 'Vip' }))).toEqual([]);
  });
});

test.each(['orders', 'o', 'orders-2026'])('%s is a name', (name) => {
  expect(syncsSchema().safeParse({ [name]: smallest }).success).toBe(true);
});

test.each(['Orders', '2026', 'a_b', 'x'.repeat(33), ''])('%j is no name', (name) => {
  expect(syncsSchema().safeParse({ [name]: smallest }).success).toBe(false);
});
