import { describe, expect, test } from 'vitest';
import { createRunQuality } from '../../../cli/sync/report/run-quality.ts';
import { runCli } from '../support/run-cli.ts';

const rows = [
  {
    event_name: 'Purchase',
    event_id: '1',
    email: 'ada@example.com',
    phone: '+12125550199',
    value: 5,
    currency: 'USD',
  },
  { event_name: 'Purchase', email: 'none', ttclid: 'E.C.P.abc', value: 7, currency: 'USD' },
  { event_name: 'Purchase', event_id: '3', email: 'bob@example.com', content_ids: ['a'] },
  { event_name: 'SecretName', event_id: '4', ip: '8.8.8.8', user_agent: 'Firefox', external_id: '7' },
];
const input = rows.map((row) => JSON.stringify(row)).join('\n');
const dry = (...options: string[]) =>
  runCli(['sync', '-', '--dry-run', '--url', 'http://127.0.0.1:9', ...options], { input });

describe('the end of a dry run', () => {
  test('shows what TikTok can match, by name, in 80 columns', async () => {
    const { code, stdout } = await dry('--preview', '1');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^sync · Purchase: 3 events, estimate \d\.\d of 10$/m);
    expect(stdout).toMatch(/^ {2}email +█+[▏▎▍▌▋▊▉]?·+ +66 %$/m);
    expect(stdout).toMatch(/^ {2}phone +█+[▏▎▍▌▋▊▉]?·+ +33 %$/m);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('→ docs/sync.md#from-columns-to-fields');
    // Its own name can be a cell of the wrong column.
    expect(stdout).toMatch(/^sync · custom: 1 event, estimate/m);
    expect(stdout.split('\n').slice(1).join('\n')).not.toContain('SecretName');
    const bars = stdout.slice(stdout.indexOf('sync · '));
    expect(bars.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('has the same counts as the member quality with --json', async () => {
    const { quality } = JSON.parse((await dry('--json')).stdout);
    expect(quality.map(({ event, counts }: { event: string; counts: object }) => [event, counts])).toEqual([
      ['Purchase', { events: 3, email: 2, phone: 1, ttclid: 1, value: 2, content_ids: 1, own_id: 2 }],
      ['custom', { events: 1, external_id: 1, ip_user_agent: 1, own_id: 1 }],
    ]);
    expect(quality[0].in_time).toBeNull();
    const fields = quality[0].gains.map(({ field }: { field: string }) => field);
    expect(fields).toEqual(expect.arrayContaining(['value', 'content_ids', 'own_id']));
    expect(fields).not.toContain('in_time');
  });

  test('says nothing about quality when no row became an event', async () => {
    const { stdout } = await runCli(['sync', '-', '--dry-run', '--url', 'http://127.0.0.1:9'], {
      input: '{"event_name":"Purchase"}',
    });
    expect(stdout).not.toContain('estimate');
  });
});

const ready = (event: object) =>
  ({ event: { event_name: 'Lead', ...event }, canonical: undefined, hasOwnId: false }) as never;

describe('a row whose canonical form only the gateway can make', () => {
  test('counts by the fields that it has', () => {
    const quality = createRunQuality(undefined);
    quality.add(ready({ phone: '030 1234', email: null, ttp: '', ip: '8.8.8.8', value: 3 }));
    quality.add(ready({ ip: '8.8.8.8', user_agent: 'x', contents: [{}] }));
    expect(quality.rows()[0]?.counts).toEqual({
      events: 2,
      phone: 1,
      value: 1,
      ip_user_agent: 1,
      content_ids: 1,
    });
  });

  test('counts only what the event source of its destination takes', () => {
    const quality = createRunQuality({ crm: { pixelCode: 'C', eventSource: 'crm' } });
    quality.add(ready({ destination: 'crm', ttclid: 'x', lead: { lead_id: '1' } }));
    quality.add(ready({ destination: 'crm', lead: { lead_id: null } }));
    expect(quality.rows()).toEqual([
      expect.objectContaining({ event_source: 'crm', counts: { events: 2, lead_id: 1 } }),
    ]);
  });
});
