/** `sync --wait` for a deployed stage, over a double of CloudWatch Logs: only the lines of this run's events count. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { functionLogGroup } from '../../../../lib/config/names.ts';
import { fingerprint } from '../../../../lib/privacy/sha256.ts';
import { type CloudWatchLogsDouble, startCloudWatchLogs } from '../../../support/aws/cloudwatch-logs.ts';
import { type GatewayDouble, startGatewayDouble } from '../../support/gateway-double.ts';
import { runCli } from '../../support/run-cli.ts';

let logs: CloudWatchLogsDouble;
let gateway: GatewayDouble;
beforeEach(async () => {
  [logs, gateway] = await Promise.all([startCloudWatchLogs(), startGatewayDouble()]);
});
afterEach(async () => {
  await Promise.all([logs.stop(), gateway.stop()]);
});

const prints = (...ids: readonly string[]) => ids.map(fingerprint).join(' ');
const line = (message: string, fields: object, agoMs = 0) => ({
  level: 'INFO',
  message,
  timestamp: new Date(Date.now() - agoMs).toISOString(),
  service: 'tiktok-events',
  stage: 'prod',
  trace: 'JKJaXmPLvHcESHA=',
  destination: 'default',
  duration_ms: 80,
  ...fields,
});
const deliver = functionLogGroup('prod', 'deliver');

const sync = (...ids: readonly string[]) =>
  runCli(['sync', '-', '--stage', 'prod', '--url', gateway.url, '--key', 'k', '--wait', '4s', '--json'], {
    input: ids
      .map((id) => JSON.stringify({ event_name: 'Lead', event_id: id, email: 'ada@example.com' }))
      .join('\n'),
    env: {
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: logs.url,
    },
  });

test('counts the delivered and the parked events of the run in the logs of the stage', async () => {
  logs.put(deliver, [
    line('tiktok answered', { outcome: 'retry', reason: 'http_503', event: prints('a', 'b') }),
    line('tiktok answered', { outcome: 'delivered', reason: 'tiktok_0', event: prints('a', 'other') }),
    line('message parked', {
      outcome: 'refused',
      reason: 'tiktok_40002',
      event: prints('b'),
      message_id: 'm1',
      receives: 1,
    }),
  ]);
  const { code, stdout } = await sync('a', 'b');
  expect(JSON.parse(stdout).delivery).toMatchObject({
    delivered: 1,
    parked: 1,
    unknown: 0,
    parked_reasons: [{ reason: 'tiktok_40002', count: 1 }],
  });
  expect(code).toBe(1);
});

test('takes no line of an earlier run for one of this run', async () => {
  logs.put(deliver, [
    line('tiktok answered', { outcome: 'delivered', reason: 'tiktok_0', event: prints('c') }, 3_600_000),
  ]);
  const { code, stdout } = await sync('c');
  expect(JSON.parse(stdout).delivery).toMatchObject({ delivered: 0, unknown: 1 });
  expect(code).toBe(4);
});
