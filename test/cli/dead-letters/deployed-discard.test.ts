/** On a deployed stage, discarding asks first and needs the right to write the journal. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startHttpServer } from '../../support/http/http-server.ts';
import { type DeployedStage, startDeployedStage } from '../support/deployed-stage.ts';
import { runCli } from '../support/run-cli.ts';

let stage: DeployedStage;
let logs: Awaited<ReturnType<typeof startHttpServer>>;
beforeEach(async () => {
  stage = await startDeployedStage([]);
  logs = await startHttpServer((_, response) => {
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end('{"__type":"AccessDeniedException","message":"no"}');
  });
  const body = JSON.stringify({ event_name: 'Lead', event_id: 'a', email: 'ada@example.com' });
  await stage.queues.park([{ body, attributes: { reason: 'invalid_event', outcome: 'refused' } }]);
});
afterEach(async () => {
  await Promise.all([stage.stop(), logs.stop()]);
});

const discard = (...args: string[]) =>
  runCli(['dead-letters', 'discard', '--stage', 'prod', '--all', ...args], {
    env: { ...stage.env, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: logs.url },
  });

test('shows what it would delete, and needs --yes without a terminal', async () => {
  const { code, stderr } = await discard();
  expect(code).toBe(2);
  expect(stderr).toMatch(/1 dead letter:\n +1 {2}\S+\n/);
  expect(stderr).toMatch(/Refusing to delete 1 dead letter of stage prod for good .*--yes/);
  expect(await stage.queues.parked()).toEqual({ visible: 1, hidden: 0 });
});

test('deletes nothing without the rights on the journal', async () => {
  const { code, stderr } = await discard('--yes');
  expect(code).toBe(3);
  expect(stderr).toMatch(/Nothing was discarded: the journal cannot be written\./);
  expect(await stage.queues.parked()).toEqual({ visible: 1, hidden: 0 });
});
