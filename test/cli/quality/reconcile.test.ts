import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CoverageSum, FlowSum } from '../../../cli/journal/journal.ts';
import { type ReconcileOptions, reconcile } from '../../../cli/reconcile/reconcile.ts';
import { readStage } from '../../../lib/config/read-stage.ts';
import { checkCommand, commandsIn } from '../support/check-command.ts';
import { type DeployedStage, startDeployedStage } from '../support/deployed-stage.ts';
import { journalOf, runCommand } from '../support/journal-double.ts';

/** The stage file is a template: its pixel code is a placeholder. */
const pixel = readStage('prod').destinations.default?.pixelCode ?? '';

let stage: DeployedStage;
beforeEach(async () => {
  stage = await startDeployedStage([pixel]);
});
afterEach(() => stage.stop());

const dayMs = 86_400_000;
/** @param ago days before today, UTC */
const day = (ago: number): string => new Date(Date.now() - ago * dayMs).toISOString().slice(0, 10);

const coverage = (name: string, events: number, on: string): CoverageSum => ({
  day: on,
  source: 'api',
  name,
  destination: 'default',
  counts: { events },
});
const flow = (accepted: number, rest: Partial<FlowSum> = {}): FlowSum => ({
  day: day(3),
  accepted,
  rejected: 0,
  skipped: 0,
  parked: 0,
  replayed: 0,
  discarded: 0,
  ...rest,
});

/** Four days of purchases and leads, delivered and counted alike, with the pixel's own events. */
const days = [day(5), day(4), day(3), day(2)];
const delivered = days.flatMap((on) => [
  coverage('Purchase', 200, on),
  coverage('Lead', 100, on),
  coverage('custom', 50, on),
]);

async function sandbox(path: string, body: unknown) {
  const response = await fetch(`${stage.sandbox.url}/_sandbox/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
}

beforeEach(() =>
  sandbox(
    'stats',
    days.flatMap((on) => [
      { event: 'Purchase', day: on, server: 150, browser: 180 },
      { event: 'CompletePayment', day: on, server: 50 },
      { event: 'Lead', day: on, server: 100 },
      { event: 'Quiz', day: on, server: 30 },
      { event: 'Scroll', day: on, server: 20 },
    ]),
  ),
);

interface Setup {
  readonly coverage?: readonly CoverageSum[];
  readonly flow?: readonly FlowSum[];
  readonly options?: Partial<ReconcileOptions>;
}

async function run({ coverage: sums = delivered, flow: flows = [flow(1400)], options = {} }: Setup = {}) {
  const journal = journalOf({ coverage: sums, flow: flows });
  const ran = await runCommand(
    () => reconcile({ stage: 'prod', days: 7, ...options }, async () => journal),
    stage.env,
  );
  return { ...ran, words: ran.stdout.replaceAll(/\s+/g, ' ') };
}

/** The lines that a cross marks. */
const crosses = (stdout: string): string[] => stdout.split('\n').filter((line) => line.includes('✗'));

describe('reconcile', () => {
  test('ends well when everything adds up and TikTok counts the same', async () => {
    const { code, stdout } = await run();
    expect(stdout).toContain('Every event that came in is accounted for.');
    expect(stdout).toContain('✓ TikTok counts what was delivered.');
    expect(stdout).toMatch(new RegExp(`^ {2}${day(3)} +Purchase +200 +200 +180 +0$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^ {2}${day(3)} +custom +50 +50 +0 +0$`, 'm'));
    expect(crosses(stdout)).toEqual([]);
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test.each([
    ['drops', { drop: 0.04 }, 'delivered 200, TikTok counts 192, 4 % fewer'],
    ['counts twice', { double: 0.1 }, 'delivered 200, TikTok counts 220, 10 % more'],
    ['shows days later', { delayHours: 24 * 9 }, 'delivered 200, TikTok counts 0, 100 % fewer'],
  ])('names the day and the event that TikTok %s', async (_, fault, says) => {
    await sandbox('faults', { kind: 'stats', ...fault, event: 'Purchase', day: day(3) });
    // The other name of the type keeps its count, unless that is late as well.
    await sandbox('faults', { kind: 'stats', ...fault, event: 'CompletePayment', day: day(3) });
    const { code, stdout } = await run();
    const [first, ...others] = crosses(stdout);
    expect(first).toContain(`${day(3)}, Purchase: ${says}`);
    // A fault that exceeds 2 % of all days is named in their sum, too.
    expect(others.filter((line) => !line.includes('All final days, Purchase'))).toEqual([]);
    expect(code).toBe(1);
  });

  test('leaves out the test events of a day, which TikTok does not count', async () => {
    const tests = { ...coverage('Purchase', 30, day(3)), counts: { events: 30, test: 30 } };
    const { code, stdout, words } = await run({ coverage: [...delivered, tests], flow: [flow(1430)] });
    expect(crosses(stdout)).toEqual([]);
    expect(words).toContain('- delivered 1,430');
    expect(code).toBe(0);
  });

  test('allows 2 %', async () => {
    for (const event of ['Purchase', 'CompletePayment', 'Lead'])
      await sandbox('faults', { kind: 'stats', drop: 0.02, event });
    expect((await run()).code).toBe(0);
  });

  test('marks days that TikTok may still count as not final, and fails for none', async () => {
    const young = [coverage('Purchase', 500, day(1)), coverage('Purchase', 500, day(0))];
    const { code, stdout, words } = await run({
      coverage: [...delivered, ...young],
      flow: [flow(2400)],
    });
    expect(code).toBe(0);
    expect(stdout.match(/not final$/gm)).toHaveLength(2);
    expect(words).toContain('Days that are not final are not judged');
    const strict = await run({ coverage: young, flow: [flow(1000)], options: { finalAfter: 0 } });
    expect(strict.code).toBe(1);
    expect(crosses(strict.stdout)).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`${day(0)}, Purchase: delivered 500, TikTok counts 0`),
      ]),
    );
  });

  test('names events of another sender, and says where they may come from', async () => {
    await sandbox('stats', { event: 'Search', day: day(2), server: 12 });
    const { code, stdout, words } = await run();
    expect(code).toBe(1);
    expect(crosses(stdout)[0]).toContain(`${day(2)}, ON_WEB_SEARCH: delivered 0, TikTok counts 12`);
    expect(words).toContain('More: something else sends to this pixel too');
  });

  test('names what came in and was neither delivered nor parked nor waits', async () => {
    const { code, words } = await run({ flow: [flow(1500)] });
    expect(words).toContain('= remainder 100 ✗ 100 events came in, and no line says what became of them.');
    expect(code).toBe(1);
  });

  test('explains a remainder of messages from before the window, without an error', async () => {
    const { code, words } = await run({ flow: [flow(1300, { parked: 10, replayed: 4, discarded: 3 })] });
    expect(words).toContain('- parked 10 (3 of them discarded) = remainder -106 ! 106 events more went out');
    expect(code).toBe(0);
  });

  test('counts the messages that wait in the queue', async () => {
    await stage.queues.enqueue(['{"n":1}', '{"n":2}', '{"n":3}']);
    const { stdout } = await run({ flow: [flow(1403)], options: { json: true } });
    expect(JSON.parse(stdout).balance).toMatchObject({ waiting: 3, remainder: 0, verdict: 'balanced' });
  });

  test('gives one JSON document with --json', async () => {
    const { stdout } = await run({ options: { json: true, days: 3 } });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      stage: 'prod',
      days: [day(2), day(1), day(0)],
      pixels: [{ pixel, destinations: ['default'] }],
    });
    expect(report.pixels[0].comparisons[2]).toEqual({
      day: day(2),
      event: 'Purchase',
      delivered: 200,
      server: 200,
      browser: 180,
      difference: 0,
      verdict: 'equal',
    });
  });

  test('compares one destination without the balance of the stage', async () => {
    const { stdout } = await run({ options: { destination: 'default' } });
    expect(stdout).not.toContain('Balance');
    const unknown = await run({ options: { destination: 'nope' } });
    expect(unknown.error).toMatch(/^--destination: stage prod has default/);
  });

  const secret = () => `${stage.prefix}/destinations/default`;
  test.each<[string, () => unknown, string]>([
    ['there is no token', () => stage.secrets.set(secret(), '{}'), 'There is no access token.'],
    [
      'the secret is malformed',
      () => stage.secrets.set(secret(), 'x'),
      'The secret of the token is malformed.',
    ],
    [
      'the token was pasted',
      () => stage.secrets.set(secret(), { access_token: 'good-access-token' }),
      'The token names no ad account',
    ],
    [
      'the ad account is another',
      () => stage.secrets.set(secret(), { access_token: 'good-access-token', advertiser_ids: ['7'] }),
      'The token may not read the counts of the pixel (code 40001).',
    ],
    ['the token was revoked', () => stage.sandbox.tokens.clear(), 'TikTok refuses the token (code 40105)'],
    [
      'the scope is missing',
      () => sandbox('faults', { kind: 'code', code: 40001, on: 'stats' }),
      'Tick the scope "Pixel Level Reporting" (below Pixel Management)',
    ],
    [
      'the pixel is not in the ad account',
      () => stage.sandbox.pixels.clear(),
      'No ad account of the token has the pixel of this destination.',
    ],
    [
      'TikTok is down',
      () => sandbox('faults', { kind: 'status', status: 503, on: 'stats' }),
      'TikTok cannot be reached (HTTP 503).',
    ],
    [
      'TikTok is busy',
      () => sandbox('faults', { kind: 'code', code: 40100, on: 'stats' }),
      'TikTok answered without counts (code 40100).',
    ],
    [
      'the answer is no page of TikTok',
      () => sandbox('faults', { kind: 'html', on: 'stats' }),
      'TikTok cannot be reached (HTTP 200).',
    ],
  ])('says what to do when %s', async (_, breaks, says) => {
    await breaks();
    const { code, stdout, words } = await run();
    expect(words).toContain(says);
    expect(words).toContain('→ ');
    expect(stdout).toContain('Balance');
    for (const command of commandsIn(stdout)) await checkCommand(command);
    expect(code).toBe(3);
  });
});
