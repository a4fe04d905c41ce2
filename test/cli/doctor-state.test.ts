/** `doctor` is never content while something is wrong: shown on the gateway of `npm start`, whose TikTok can be told to fail. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Finding } from '../../cli/doctor/finding.ts';
import { eventually } from '../support/eventually.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway/gateway-process.ts';
import { checkRemedy } from './support/check-remedy.ts';
import { runCli } from './support/run-cli.ts';

let gateway: GatewayProcess;
let env: Record<string, string>;
beforeAll(async () => {
  gateway = await startGatewayProcess();
  const { queueUrl } = (await (await fetch(`${gateway.url}/_sandbox/info`)).json()) as { queueUrl: string };
  env = { PORT: new URL(gateway.url).port, SQS_PORT: new URL(queueUrl).port };
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.clearFaults());

async function doctor() {
  const { code, stdout } = await runCli(['doctor', '--json'], { env });
  const report: { findings: Finding[]; problems: number; warnings: number } = JSON.parse(stdout);
  for (const finding of report.findings) await checkRemedy(finding);
  const wrong = report.findings.filter(({ level }) => level !== 'ok');
  return { code, wrong, said: wrong.map(({ text, remedy }) => `${text} ${remedy}`).join('\n') };
}

let number = 0;
const post = () =>
  gateway.post({ event_name: 'Lead', email: 'a@example.com', event_id: `state-${++number}` });

const answered = () =>
  eventually(gateway.requests, (seen) => seen.some(({ events, code }) => events > 0 && code !== 0));

const faults = [
  { what: 'the token is revoked', fault: { kind: 'revoke_token' }, says: /40105.*connect --stage local/ },
  {
    what: 'a permission is missing',
    fault: { kind: 'code', code: 40001 },
    says: /40001.*connect --stage local/,
  },
  { what: 'TikTok answers 503', fault: { kind: 'status', status: 503 }, says: /HTTP 503/ },
  {
    what: 'the pixel code is invalid',
    fault: { kind: 'code', code: 40002, message: 'Invalid value for event_source_id: not a valid string.' },
    says: /40002.*pixelCode/,
  },
];

describe('doctor', () => {
  test.each(faults)('names it before any event when $what', async ({ fault, says }) => {
    await gateway.addFaults(fault);
    const { said, wrong } = await doctor();
    expect(said).toMatch(says);
    expect(wrong).toHaveLength(1);
  });

  test.each(faults)('names it once, with the events that wait, when $what', async ({ fault, says }) => {
    await eventually(gateway.queue, ({ queue }) => queue.visible + queue.inFlight === 0, 30_000);
    await fetch(`${gateway.url}/_sandbox/requests`, { method: 'DELETE' });
    await gateway.addFaults(fault);
    await post();
    await answered();
    const { said, wrong } = await doctor();
    expect(said).toMatch(says);
    expect(said).toMatch(/\d events? of destination default (is|are) (held|retried) since/);
    expect(wrong).toHaveLength(1);
  });

  test('names a mapping that stalls because TikTok never answers', { timeout: 60_000 }, async () => {
    await gateway.addFaults({ kind: 'stall' });
    expect((await doctor()).said).toMatch(/did not answer within 8 seconds/);
  });

  test('names a token that was pasted wrong while the functions still use the old one', async () => {
    const pasted = await runCli(['connect', '--token', '--yes'], { env, input: 'not-a-token\n' });
    expect(pasted.code).toBe(0);
    const { code, said, wrong } = await doctor();
    expect(code).toBe(1);
    expect(said).toMatch(/TikTok refuses the token\. TikTok answered 40105/);
    expect(wrong).toContainEqual(expect.objectContaining({ level: 'problem', subject: 'token default' }));
  });

  test('says in one line that npm start does not run', async () => {
    const { code, stdout } = await runCli(['doctor'], { env: { PORT: '9', SQS_PORT: '9' } });
    expect(code).toBe(1);
    expect(stdout.match(/^✗/gm)).toHaveLength(1);
    expect(stdout).toContain('Nothing answers at http://127.0.0.1:9');
    expect(stdout).toContain('`npm start`');
  });

  test('says in one line that the queues cannot be reached', async () => {
    await runCli(['connect', '--token', '--yes'], { env, input: 'local-access-token\n' });
    const { stdout } = await runCli(['doctor'], { env: { ...env, SQS_PORT: '9' } });
    expect(stdout.match(/^✗ .*ECONNREFUSED.*/gm)).toEqual([
      // The events of the tests above may still wait: then the journal names them, without the queue.
      expect.stringMatching(/For the same reason not checked: (held events, )?dead letters\./),
    ]);
  });
});
