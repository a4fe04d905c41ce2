/** `sync init` writes a mapping that `sync --map` takes, asks nobody without a terminal, and never writes over a file. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkCommand } from '../../support/check-command.ts';
import { type GatewayDouble, startGatewayDouble } from '../../support/gateway-double.ts';
import { runCli } from '../../support/run-cli.ts';

let gateway: GatewayDouble;
let folder: string;
beforeEach(async () => {
  gateway = await startGatewayDouble();
  folder = mkdtempSync(join(tmpdir(), 'sync-init-'));
});
afterEach(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true });
});

const file = (name: string) => join(folder, name);
const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const orders = `id,customer_email,PHONE,order_number,state,order_total,subtotal,paid_at,updated_at,sku,notes
1,ada@example.com,,A1001,paid,49.9,40,${day}T09:15,${day}T09:15,x1,call in the evening
2,bob@example.com,+4915123456789,A1002,open,12,10,${day}T09:20,${day}T09:25,,
`;

/** @returns the run, and the mapping that it wrote */
async function init(csv: string, ...args: readonly string[]) {
  writeFileSync(file('rows.csv'), csv);
  const output = file('map.yml');
  const query = `select * from '${file('rows.csv')}'`;
  const run = await runCli(['sync', 'init', '--query', query, '--output', output, ...args]);
  const text = existsSync(output) ? readFileSync(output, 'utf8') : '';
  return { ...run, text, query, output };
}

test('proposes a field for each column that has another usual name of it', async () => {
  const { code, text } = await init(orders);
  expect(code).toBe(0);
  expect(parse(text)).toEqual({
    event_name: "'Purchase'",
    event_id: 'order_number',
    order_id: 'order_number',
    email: 'customer_email',
    value: 'order_total',
    event_time: 'paid_at',
    content_id: 'sku',
    exclude: ['state'],
  });
  expect(text).toContain('#   PHONE\n');
  expect(text).toContain('#   subtotal  (value?)\n');
});

test('writes a file that sync takes as it is, and prints commands to paste', async () => {
  const { query, output, stdout } = await init(orders, '--json');
  const { code } = await runCli(['sync', '--url', gateway.url, '--query', query, '--map', output]);
  expect(code).toBe(0);
  expect(gateway.accepted).toHaveLength(2);
  expect(gateway.accepted[0]).toEqual({
    event_name: 'Purchase',
    event_id: 'A1001',
    order_id: 'A1001',
    email: 'ada@example.com',
    value: 49.9,
    event_time: `${day}T09:15:00Z`,
    content_id: 'x1',
  });
  const { next } = JSON.parse(stdout);
  expect(next[1]).toContain('--cursor updated_at --state ');
  await Promise.all(
    next.map((command: string) =>
      checkCommand(command.replace('npx --no tiktok-events ', '').replace(/"[^"]*"/, 'query')),
    ),
  );
});

test('shows and writes no cell, and sends nothing', async () => {
  const { stdout, stderr, text } = await init(orders);
  for (const cell of ['ada@example.com', 'A1001', 'evening', '49.9'])
    expect(stdout + stderr + text).not.toContain(cell);
  expect(gateway.posts()).toBe(0);
});

test('never writes over a file, not even with --yes', async () => {
  writeFileSync(file('map.yml'), 'mine');
  const { code, stderr, text } = await init(orders, '--yes');
  expect({ code, text }).toEqual({ code: 2, text: 'mine' });
  expect(stderr).toContain('is there already, and is not overwritten');
});

test('asks for the name of the event when the columns do not say it', async () => {
  const leads = `mail,customer_id\nada@example.com,7\n`;
  const without = await init(leads);
  expect(without).toMatchObject({ code: 2, text: '', stderr: expect.stringContaining('Give --event-name') });
  const { code, text } = await init(leads, '--event-name', "Kid's lead");
  expect(code).toBe(0);
  expect(parse(text)).toMatchObject({ event_name: String.raw`'Kid\'s lead'`, external_id: 'customer_id' });
});

test('takes a column of event names, and columns of digests', async () => {
  const digest = 'a'.repeat(64);
  const { text } = await init(`event,mail,currency\nPurchase,${digest},EUR\nAddToCart,${digest},EUR\n`);
  expect(parse(text)).toEqual({ event_name: 'event', hashed_email: 'mail' });
});

test('proposes no id that several rows share, and says so', async () => {
  const items = `order_number,email,sku,price\nA1,ada@example.com,x,5\nA1,ada@example.com,y,6\n`;
  const { text } = await init(items);
  expect(parse(text)).toEqual({ event_name: "'Purchase'", order_id: 'order_number', content_id: 'sku' });
  expect(text).toContain('order_number is in several rows, so it cannot be the id');
  expect(text).toContain('#   price\n');
});

test('puts a column with other characters into the quotes of JMESPath', async () => {
  const { text, query, output } = await init(`Customer Email,Order Total\nada@example.com,5\n`);
  expect(parse(text)).toMatchObject({ email: '"Customer Email"', value: '"Order Total"' });
  const { stdout } = await runCli(['sync', '--query', query, '--map', output, '--dry-run', '--json']);
  expect(JSON.parse(stdout).preview[0]).toMatchObject({ email: 'ada@example.com', value: 5 });
});

test('takes no cell of a file without a header for the name of a column', async () => {
  const { code, stdout, stderr, text } = await init('ada@example.com,49.9,paid\nbob@example.com,12,open\n');
  expect({ code, text }).toEqual({ code: 2, text: '' });
  expect(stdout + stderr).not.toContain('ada');
  expect(stderr).toContain('header = false');
});

test('reads the first rows of a pipe, and a query without rows ends with a reason', async () => {
  const output = file('piped.yml');
  const input = '{"customer_email":"ada@example.com","total":5}\n'.repeat(300);
  const { code } = await runCli(['sync', 'init', '-', '--output', output], { input });
  expect(code).toBe(0);
  expect(readFileSync(output, 'utf8')).toContain('from the first 100 rows');
  const { code: none, stderr } = await init('email,total\n');
  expect(none).toBe(2);
  expect(stderr).toContain('The query gave no rows');
});

test('the mapping leaves out the columns of its own list exclude, and refuses a name that is no field', async () => {
  const { query, output, text } = await init(orders);
  writeFileSync(output, text.replace('- state', '- STATE\n  - phone'));
  const dry = () => runCli(['sync', '--query', query, '--map', output, '--dry-run', '--json']);
  expect(JSON.parse((await dry()).stdout).preview[1]).not.toHaveProperty('phone');
  writeFileSync(output, text.replace('- state', '- stat'));
  expect((await dry()).stdout).toContain('exclude: stat: no event field has this name');
  writeFileSync(output, text.replace(/exclude:[\s\S]*?- state/, 'exclude: state'));
  expect((await dry()).stdout).toContain('exclude must be a list of columns');
});
