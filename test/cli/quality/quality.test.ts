import { describe, expect, test } from 'vitest';
import type { CoverageSum } from '../../../cli/journal/journal.ts';
import { type QualityOptions, quality } from '../../../cli/quality/quality.ts';
import { journalOf, runCommand } from '../support/journal-double.ts';
import { runCli } from '../support/run-cli.ts';

const today = new Date().toISOString().slice(0, 10);
const sum = (fields: Partial<CoverageSum> & Pick<CoverageSum, 'counts'>): CoverageSum => ({
  day: today,
  source: 'shopify',
  name: 'Purchase',
  destination: 'default',
  ...fields,
});

const purchases = sum({
  counts: {
    events: 200,
    email: 184,
    phone: 82,
    ttclid: 12,
    ip_user_agent: 200,
    external_id: 150,
    value: 200,
    content_ids: 200,
    own_id: 200,
    in_time: 198,
  },
});
const leads = sum({
  source: 'api',
  name: 'Lead',
  counts: { events: 40, hashed_email: 40, own_id: 10, in_time: 40 },
});
const custom = sum({ source: 'queue', name: 'custom', counts: { events: 7, ttp: 7, own_id: 7, in_time: 7 } });

const env = { PORT: '1', SQS_PORT: '1' };
const show = (
  coverage: readonly CoverageSum[],
  options: Partial<QualityOptions> = {},
  terminal: Readonly<Record<string, string>> = {},
) =>
  runCommand(() => quality({ stage: 'local', days: 7, ...options }, async () => journalOf({ coverage })), {
    ...env,
    ...terminal,
  });

describe('quality', () => {
  test('shows a table, bars and gains with links in 80 columns', async () => {
    const { code, stdout } = await show([purchases, leads, custom]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Stage local, the last 7 days: 247 events delivered\.$/m);
    expect(stdout).toMatch(/^source +event +events +est\. +value +content +own id +in 5 min$/m);
    expect(stdout).toMatch(/^shopify +Purchase +200 +\d\.\d +100 % +100 % +100 % +99 %$/m);
    expect(stdout).toMatch(/^queue +custom +7 +1\.4 +0 %/m);
    expect(stdout).toMatch(/^shopify · Purchase: 200 events, estimate \d\.\d of 10$/m);
    expect(stdout).toMatch(/^ {2}email +█+▌?·* +92 %$/m);
    expect(stdout).toMatch(/^ {2}ttp +·+ +0 %$/m);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      '+1.4 send ttp: the value of the _ttp cookie that the pixel sets → docs/sources/shopify.md#click-id-browser-id-and-consent',
    );
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('! send event_id, the one the pixel sends');
    expect(stdout).toContain('The estimate is ours.');
    const lines = stdout.split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).not.toContain('\u001b');
  });

  test('adds up days and destinations, and keeps event sources apart', async () => {
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const { stdout } = await show([leads, { ...leads, day: yesterday, destination: 'other' }], {
      json: true,
    });
    const { events, rows } = JSON.parse(stdout);
    expect([events, rows.length, rows[0].events, rows[0].match_keys.email]).toEqual([80, 1, 80, 1]);
  });

  test.each([
    ['--source', { source: 'api' }, ['Lead']],
    ['--event', { event: 'custom' }, ['custom']],
    ['--source and --event', { source: 'shopify', event: 'Purchase' }, ['Purchase']],
  ])('keeps only the events of %s', async (_, options, names) => {
    const { stdout } = await show([purchases, leads, custom], { ...options, json: true });
    expect(JSON.parse(stdout).rows.map(({ event }: { event: string }) => event)).toEqual(names);
  });

  test.each([
    [{}, 'Stage local delivered no events in the last 7 days.\n'],
    [{ days: 1, source: 'api' }, 'Stage local delivered no events of source api in the last day.\n'],
  ])('says so and ends well when no events were delivered (%j)', async (options, text) => {
    expect(await show([purchases].slice(1), options)).toMatchObject({ code: 0, stdout: text });
  });

  test('gives every number with --json, and nothing else on standard output', async () => {
    const { code, stdout } = await show([purchases], { json: true });
    const report = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(report).toMatchObject({ stage: 'local', days: 7, events: 200 });
    expect(report.rows[0]).toMatchObject({
      source: 'shopify',
      event: 'Purchase',
      event_source: 'web',
      match_keys: { email: 0.92, phone: 0.41, ttclid: 0.06, external_id: 0.75, ttp: 0, ip_user_agent: 1 },
      value: 1,
      in_time: 0.99,
      counts: purchases.counts,
      gains: [
        { field: 'ttp', points: 1.4, share: 0, guide: expect.stringContaining('docs/sources/shopify.md#') },
        { field: 'phone', points: 1.3, share: 0.41 },
      ],
    });
  });

  test.each([
    ['a dumb terminal', { TERM: 'dumb' }],
    ['a locale without UTF-8', { LANG: 'C' }],
    ['LC_ALL before LANG', { LC_ALL: 'POSIX', LANG: 'en_US.UTF-8' }],
  ])('draws bars of ASCII for %s', async (_, terminal) => {
    const { stdout } = await show([purchases], {}, terminal);
    expect(stdout).toMatch(/^ {2}email +#+\.+ +92 %$/m);
    expect(stdout).not.toContain('█');
  });

  test('colors the bars where the terminal has colors', async () => {
    const { stdout } = await runCommand(
      () => quality({ stage: 'local', days: 7 }, async () => journalOf({ coverage: [purchases] })),
      env,
      true,
    );
    expect(stdout).toContain('\u001b[32m█');
    expect(stdout).toContain('\u001b[31m');
  });

  test('shows the bars of the five largest, and says how to see the others', async () => {
    const many = Array.from({ length: 7 }, (_, index) =>
      sum({ source: `shop-${index}`, counts: { events: index + 1 } }),
    );
    const { stdout } = await show(many);
    expect(stdout.match(/estimate \d/g)).toHaveLength(5);
    expect(stdout).toContain('The bars of 2 more are behind --source and --event.');
  });

  test.each([
    [['--days', '0'], 'Expected a whole number from 1 to 30.'],
    [['--days', '31'], 'Expected a whole number from 1 to 30.'],
  ])('refuses %j', async (words, message) => {
    const { code, stderr } = await runCli(['quality', ...words]);
    expect([code, stderr.includes(message)]).toEqual([2, true]);
  });
});
