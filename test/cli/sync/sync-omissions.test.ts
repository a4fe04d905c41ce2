import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type GatewayDouble, startGatewayDouble } from '../support/gateway-double.ts';
import { runCli } from '../support/run-cli.ts';

let gateway: GatewayDouble;
let folder: string;
beforeEach(async () => {
  gateway = await startGatewayDouble();
  folder = mkdtempSync(join(tmpdir(), 'sync-omissions-'));
});
afterEach(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true });
});

const file = (name: string) => join(folder, name);
const rows = [
  { event_name: 'Lead', event_id: 'a', email: 'a@b.de' },
  { event_name: 'Lead', event_id: 'b', email: 'b@b.de', external_id: 'undefined', country: 'Atlantis' },
  { event_name: 'Lead', event_id: 'c', email: 'c@b.de', external_id: 'null' },
  { event_name: 'Lead', event_id: 'd', email: 'no address' },
];
const input = rows.map((row) => JSON.stringify(row)).join('\n');
const sync = (...args: readonly string[]) => runCli(['sync', '--url', gateway.url, '-', ...args], { input });
const syncJson = async (...args: readonly string[]) => {
  const { code, stdout } = await sync('--json', ...args);
  return { code, report: JSON.parse(stdout) };
};

const usable = rows.slice(0, 3);
const syncUsable = async (...args: readonly string[]) => {
  const text = usable.map((row) => JSON.stringify(row)).join('\n');
  const { code, stdout } = await runCli(['sync', '--url', gateway.url, '-', '--json', ...args], {
    input: text,
  });
  return { code, report: JSON.parse(stdout) };
};

test.each([{ args: [] }, { args: ['--dry-run'] }])(
  'a sync with $args counts omissions by field and code, names the first row, and ends with 0',
  async ({ args }) => {
    const { code, report } = await syncUsable(...args);
    expect(code).toBe(0);
    expect(report).toMatchObject({ accepted: 3, rejected: 0, problems: [] });
    expect(report.omissions).toEqual([
      { field: 'external_id', code: 'placeholder', count: 2, row: 2, message: expect.any(String) },
      { field: 'country', code: 'unknown_country', count: 1, row: 2, message: expect.any(String) },
    ]);
  },
);

test('the summary lists omissions beside problems, without a value', async () => {
  const { stdout } = await sync();
  expect(stdout).toContain('Omitted, how often and where first:');
  expect(stdout).toMatch(/2 {2}row 2 {2}external_id {2}placeholder {2}/);
  expect(stdout).not.toContain('Atlantis');
});

test('a row of which too little is left is rejected with the reason, and only such rows are in the rejects', async () => {
  const { code, report } = await syncJson('--rejects', file('rejects'));
  expect({ code, report }).toMatchObject({ code: 1, report: { accepted: 3, rejected: 1 } });
  const lines = readFileSync(file('rejects'), 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { row: 4, errors: [{ code: 'no_match_key' }, { code: 'invalid_email' }] },
  ]);
});

test('a phone that is the only match key is left to a gateway whose default country is not known here', async () => {
  const text = JSON.stringify({
    event_name: 'Lead',
    event_id: 'p',
    phone: '030 901820',
    email: 'no address',
  });
  const { code } = await runCli(['sync', '--url', gateway.url, '-'], { input: text });
  expect(code).toBe(0);
  expect(gateway.accepted).toMatchObject([{ event_id: 'p' }]);
});

test('--strict rejects rows with a value that cannot be used, and asks the gateway for the same', async () => {
  const { code, report } = await syncJson('--strict', '--rejects', file('rejects'));
  expect(code).toBe(1);
  expect(report).toMatchObject({ accepted: 1, rejected: 3, omissions: [] });
  expect(report.problems).toContainEqual(
    expect.objectContaining({ field: 'external_id', code: 'placeholder', count: 2, row: 2 }),
  );
  expect(gateway.accepted.map(({ event_id }) => event_id)).toEqual(['a']);
  expect(gateway.preferences).toEqual(new Set(['handling=strict']));
});

test('without --strict the gateway is asked for nothing', async () => {
  await sync();
  expect(gateway.preferences).toEqual(new Set([undefined]));
});

test('omissions that only the gateway finds are counted once', async () => {
  gateway.answer((events) => {
    gateway.accept(events);
    const found = [
      { field: 'phone', code: 'invalid_phone', message: 'omitted: m' },
      { field: 'external_id', code: 'placeholder', message: 'omitted: known' },
      { field: 'value', code: 'recommended_missing', message: 'w' },
    ];
    const receipts = gateway
      .receipts(events)
      .map((receipt) => (receipt.index === 1 ? { ...receipt, warnings: found } : receipt));
    return { status: 202, body: { accepted: events.length, rejected: 0, events: receipts } };
  });
  const { report } = await syncUsable();
  expect(report.omissions).toContainEqual(
    expect.objectContaining({ field: 'phone', code: 'invalid_phone', count: 1, row: 2 }),
  );
  expect(report.omissions).toContainEqual(
    expect.objectContaining({ field: 'external_id', code: 'placeholder', count: 2 }),
  );
  expect(report.warnings).toContainEqual(
    expect.objectContaining({ field: 'value', code: 'recommended_missing', count: 1, row: 2 }),
  );
});

test('--mode add omits the same and adds the member', async () => {
  const { code, stdout } = await runCli(
    ['sync', '--url', gateway.url, '--json', '--mode', 'add', '--audience', 'vip', '-', '--state', file('m')],
    { input: JSON.stringify({ email: 'a@b.de', external_id: 'undefined' }) },
  );
  expect({ code, report: JSON.parse(stdout) }).toMatchObject({
    code: 0,
    report: { accepted: 1, omissions: [{ field: 'external_id', code: 'placeholder' }] },
  });
});
