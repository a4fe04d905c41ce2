/** docs/quality.md shows the weights of the code, and its examples are what the commands print. */
import { describe, expect, test } from 'vitest';
import { type QualityOptions, quality } from '../../../cli/quality/quality.ts';
import { isDrift } from '../../../cli/reconcile/compare.ts';
import { eventSources } from '../../../lib/events/destination.ts';
import { matchWaysOf, matchWeights } from '../../../lib/journal/match-quality.ts';
import { startGateway } from '../../../local/gateway.ts';
import { journalOf, runCommand } from '../../cli/support/journal-double.ts';
import { fencedBlocks, readPage, tableOf } from '../pages.ts';

const page = readPage('docs/quality.md');

test('docs/quality.md shows the weights of the code', () => {
  const rows = Object.entries(matchWeights).map(([way, { keys, weight, reach }]) => {
    const takers = eventSources.filter((source) => matchWaysOf(source).some((other) => other === way));
    const fields = keys.map((key) => `\`${key}\``).join(', ');
    return `| \`${way}\` | ${fields} | ${weight} | ${takers.join(', ')} | ${Math.round(reach * 100)} % |`;
  });
  const table = tableOf(page, '| Match key | Fields | Weight | Taken by | Reach |');
  expect(table.trim().split('\n').slice(2)).toEqual(rows);
});

test('docs/quality.md describes the limit of a drift', () => {
  expect(page).toContain('more than 2 %, and of at least two events');
  expect([isDrift(2, 100), isDrift(3, 100), isDrift(1, 10), isDrift(2, 10)]).toEqual([
    false,
    true,
    false,
    true,
  ]);
});

test('docs/quality.md shows what quality prints', async () => {
  const counts = {
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
  };
  const day = new Date().toISOString().slice(0, 10);
  const coverage = [{ day, source: 'shopify', name: 'Purchase', destination: 'default', counts }];
  const options: QualityOptions = { stage: 'local', days: 7 };
  const { stdout } = await runCommand(() => quality(options, async () => journalOf({ coverage })), {
    PORT: '1',
  });
  const bars = stdout.slice(stdout.indexOf('shopify · Purchase')).split('\n\n')[0] ?? '';
  expect(page).toContain(bars);
});

describe('the commands of the page', () => {
  const lines = fencedBlocks(page, 'sh').flatMap((block) => block.trim().split('\n'));

  test('work against a sandbox as they are written', async () => {
    const requests = lines.filter((line) => line.startsWith('curl '));
    expect(requests).toHaveLength(3);
    const gateway = await startGateway({ port: 0, sqsPort: 0 });
    try {
      for (const line of requests) {
        const [, path, body] = /:3000(\S+)(?: -d '([^']+)')?/.exec(line) ?? [];
        const request = body === undefined ? { method: 'DELETE' } : { method: 'POST', body };
        const response = await fetch(gateway.url + path, request);
        expect([line, response.status]).toEqual([line, 200]);
      }
    } finally {
      await gateway.stop();
    }
  });
});
