/** `connect` waits for the approval, clicked through over HTTP on the consent page of the sandbox. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway/gateway-process.ts';
import { startCli } from './support/run-cli.ts';

let gateway: GatewayProcess;
let env: Record<string, string>;
beforeAll(async () => {
  gateway = await startGatewayProcess();
  const { queueUrl } = (await (await fetch(`${gateway.url}/_sandbox/info`)).json()) as { queueUrl: string };
  env = { PORT: new URL(gateway.url).port, SQS_PORT: new URL(queueUrl).port };
});
afterAll(() => gateway.stop());

/** Opens the link as a browser does, with its cookie, and decides on the consent page. */
async function decide(link: string, decision: 'approve' | 'deny'): Promise<string> {
  const start = await fetch(link, { redirect: 'manual' });
  const cookie = (start.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  const consent = new URL(start.headers.get('location') ?? '', link);
  const form = new URLSearchParams([...consent.searchParams, ['decision', decision]]);
  for (const scope of ['5', '7224195155857866754', '10']) form.append('scope', scope);
  const decided = await fetch(consent, { method: 'POST', body: form, redirect: 'manual' });
  const back = await fetch(decided.headers.get('location') ?? '', { headers: { cookie } });
  return back.text();
}

const linkIn = (text: string): string => /http:\S+\/v1\/oauth\/start\?link=\S+/.exec(text)?.[0] ?? '';

describe('connect', () => {
  let run: ReturnType<typeof startCli>;
  const start = (...args: string[]) => {
    run = startCli(['connect', ...args], { env });
  };
  beforeEach(() => () => void run.child.kill('SIGKILL'));

  test('prints the link at once, waits, and names the ad account that was connected', async () => {
    start();
    const link = await eventually(() => linkIn(run.output.stdout));
    await eventually(() => run.output.stderr.includes('Waiting for approval …'));
    expect(await decide(link, 'approve')).toContain('TikTok is connected');
    const { code, stdout } = await run.ended;
    expect(stdout).toBe(`${link}\n✓ Connected: Local shop (7000000000000000001)\n`);
    expect(code).toBe(0);
  });

  test('waits on after the advertiser has declined', async () => {
    start();
    const link = await eventually(() => linkIn(run.output.stdout));
    await decide(link, 'deny');
    await decide(link, 'approve');
    expect((await run.ended).stdout).toContain('✓ Connected: Local shop');
  });

  test('with --json and --wait prints one JSON document at the end, and the link at once on standard error', async () => {
    start('--json', '--wait', '5m');
    const link = await eventually(() => linkIn(run.output.stderr));
    expect(run.output.stdout).toBe('');
    await decide(link, 'approve');
    const { code, stdout } = await run.ended;
    expect({ code, result: JSON.parse(stdout) }).toEqual({
      code: 0,
      result: {
        link,
        destination: 'default',
        expires_at: expect.any(String),
        connected: true,
        connected_at: expect.any(String),
        ad_accounts: [{ id: '7000000000000000001', name: 'Local shop' }],
      },
    });
  });

  test('says on Ctrl-C that the link stays valid, and it does', async () => {
    start();
    const link = await eventually(() => linkIn(run.output.stdout));
    await eventually(() => run.output.stderr.includes('Waiting for approval …'));
    run.child.kill('SIGINT');
    const { code, stderr } = await run.ended;
    expect({ code, stderr }).toEqual({
      code: 130,
      stderr: expect.stringContaining('The link stays valid until'),
    });
    expect(await decide(link, 'approve')).toContain('TikTok is connected');
  });

  test('stops waiting after the time of --wait, and leaves the link valid', async () => {
    start('--wait', '1s');
    const { code, stdout, stderr } = await run.ended;
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('The link stays valid until'),
    });
    expect(await decide(linkIn(stdout), 'approve')).toContain('TikTok is connected');
  });

  test.each([['--no-wait'], ['--json']])('ends after the link with %s', async (option) => {
    start(option);
    const { code, stdout, stderr } = await run.ended;
    expect({ code, link: linkIn(stdout) }).toEqual({ code: 0, link: expect.stringContaining('link=') });
    expect(stderr).not.toContain('Waiting');
  });

  test('prints the link, its destination and its expiry with --json', async () => {
    start('--json');
    const { code, stdout } = await run.ended;
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(stdout))).toEqual(['link', 'destination', 'expires_at']);
  });
});
