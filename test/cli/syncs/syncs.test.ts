/** `syncs` on the gateway of this machine: its queries run on DuckDB behind Athena's protocol. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gateway, startGateway } from '../../../local/gateway.ts';
import { runCli } from '../support/run-cli.ts';

let gateway: Gateway;
let env: Record<string, string>;

beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'INFO';
  gateway = await startGateway({ port: 0, sqsPort: 0, mapping: { windowMs: 20 } });
  env = { PORT: new URL(gateway.url).port, SQS_PORT: new URL(gateway.queueUrl).port };
});
afterAll(() => gateway.stop());

const cli = (...args: string[]) => runCli(args, { env, keepsEnvironment: true });
const json = async (...args: string[]) => JSON.parse((await cli(...args, '--json')).stdout);

describe('the syncs of a stage', () => {
  test('are listed before they have run', async () => {
    expect((await cli('syncs', 'list')).stdout).toMatch(/^orders +rate\(1 hour\) +new +never/m);
  });

  test('have an empty history then', async () => {
    expect(await cli('syncs', 'history', 'orders')).toMatchObject({
      code: 0,
      stdout: 'The sync orders has not run yet.\n',
    });
  });

  test('run by command; rejected rows make the exit code 1', async () => {
    const { code, stdout } = await cli('syncs', 'run', 'orders');
    expect(code).toBe(1);
    expect(stdout).toMatch(/succeeded +8 +7 +0 +1 /);
    expect(stdout).toContain('email  no_match_key');
    expect(stdout).not.toContain('@');
  });

  test('run again without sending a row twice', async () => {
    const { run } = await json('syncs', 'run', 'orders');
    expect(run).toMatchObject({ trigger: 'command', status: 'succeeded', rows: 0, sent: 0 });
  });

  test('show one run with the keys of its rejected rows', async () => {
    const { runs } = await json('syncs', 'history', 'orders');
    expect(runs).toHaveLength(2);
    const id = runs[1].id.slice(0, 8);
    const { stdout } = await cli('syncs', 'history', 'orders', '--run', id);
    expect(stdout).toMatch(/^row 5 .*email no_match_key/m);
    expect((await cli('syncs', 'history', 'orders', '--run', 'ffff')).code).toBe(4);
  });

  test('are paused and resumed; the list says so', async () => {
    expect((await cli('syncs', 'pause', 'orders')).stdout).toContain('syncs resume orders');
    expect((await json('syncs', 'list')).syncs).toMatchObject([{ paused_at: expect.any(String) }]);
    expect((await cli('syncs', 'list')).stdout).toMatch(/^orders .* paused /m);
    expect(await cli('syncs', 'resume', 'orders')).toMatchObject({ code: 0 });
    expect((await json('syncs', 'list')).syncs).toMatchObject([
      { paused_at: null, cursor: { value: '5008' } },
    ]);
  });

  test('are a source of the events and of their quality', async () => {
    await expect.poll(async () => (await cli('quality')).stdout, { timeout: 10_000 }).toMatch(/orders/);
    const found = await cli('events', 'find', 'order-5001');
    expect(found.stdout).toContain('orders');
  });

  test('that do not exist are refused with the names there are', async () => {
    expect(await cli('syncs', 'run', 'other')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no sync of this name, but: orders.'),
    });
  });
});

test('without a gateway, the remedy is to start it', async () => {
  const stopped = { PORT: '9', SQS_PORT: '9' };
  expect(await runCli(['syncs', 'list'], { env: stopped })).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('npm start'),
  });
});
