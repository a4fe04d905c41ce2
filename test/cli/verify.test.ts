/** `verify`: each step says what it saw, on a deployed stage in which one thing is broken, and on the stage of npm start. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readStage } from '../../lib/config/read-stage.ts';
import { platforms } from '../../lib/webhooks/platforms.ts';
import { startGatewayProcess } from '../support/gateway/gateway-process.ts';
import { checkCommand, commandsIn } from './support/check-command.ts';
import { type DeployedStage, startDeployedStage } from './support/deployed-stage.ts';
import { runCli } from './support/run-cli.ts';

interface Step {
  readonly step: string;
  readonly outcome: 'ok' | 'failed' | 'untried';
  readonly saw: string;
  readonly expected?: string;
  readonly see?: string;
}

async function verify(args: readonly string[], env: Readonly<Record<string, string>>) {
  const { code, stdout, stderr } = await runCli(['verify', '--json', ...args], { env });
  const steps: readonly Step[] = stdout === '' ? [] : (JSON.parse(stdout).steps ?? []);
  for (const { outcome, see = '', expected } of steps) {
    if (outcome === 'failed') expect([typeof expected, see === '']).toEqual(['string', false]);
    for (const words of commandsIn(see)) await checkCommand(words);
  }
  return { code, stdout, stderr, steps, of: (name: string) => steps.find(({ step }) => step === name) };
}

describe('a deployed stage', () => {
  let stage: DeployedStage;
  beforeEach(async () => {
    stage = await startDeployedStage([readStage('prod').destinations.default?.pixelCode ?? '']);
  });
  afterEach(() => stage.stop());
  const prod = (...args: string[]) => verify(['--stage', 'prod', '--yes', ...args], stage.env);

  test('in which all is right: every step is fine, and the event is not tried without a test code', async () => {
    const { code, steps } = await prod();
    expect(steps.map(({ step, outcome }) => `${step}: ${outcome}`)).toEqual([
      'stack: ok',
      'health: ok',
      'wrong key: ok',
      'key: ok',
      'event accepted: untried',
      'event delivered: untried',
      'webhooks: untried',
      'mapping: ok',
      'dead letters: ok',
      'alarms: ok',
      'concurrency: ok',
    ]);
    expect(code).toBe(0);
    expect(steps[2]?.saw).toContain('HTTP 401 status_401 (request request-1=)');
    expect(steps[4]?.see).toContain('verify --stage prod --test-event-code');
  });

  const broken: readonly {
    what: string;
    breaks: (stage: DeployedStage) => unknown;
    step: string;
    saw: RegExp;
    code: number;
  }[] = [
    {
      what: 'the stack is not deployed',
      breaks: ({ is }) => {
        is.deployed = false;
      },
      step: 'stack',
      saw: /could not be checked/,
      code: 3,
    },
    {
      what: 'the API lets everybody in',
      breaks: ({ is }) => {
        is.isOpen = true;
      },
      step: 'wrong key',
      saw: /HTTP 422/,
      code: 1,
    },
    {
      what: 'the API does not take the key',
      breaks: ({ is }) => {
        is.keyIsTaken = false;
      },
      step: 'key',
      saw: /HTTP 401 status_401 \(request request-1=\)/,
      code: 1,
    },
    {
      what: 'a dead letter is parked',
      breaks: ({ queues }) => queues.park([{ body: '{}', attributes: { reason: 'tiktok_40002' } }]),
      step: 'dead letters',
      saw: /1 parked as tiktok_40002/,
      code: 1,
    },
    {
      what: 'the mapping is disabled',
      breaks: ({ is }) => {
        is.mapping = 'Disabled';
      },
      step: 'mapping',
      saw: /Disabled/,
      code: 1,
    },
    {
      what: 'the subscription of the alarms is not confirmed',
      breaks: ({ is }) => {
        is.subscriptions = ['PendingConfirmation'];
      },
      step: 'alarms',
      saw: /1 pending/,
      code: 1,
    },
  ];

  test.each(broken)(
    'when $what, its step fails and says what it saw',
    async ({ breaks, step, saw, code }) => {
      await breaks(stage);
      const run = await prod();
      expect(run.of(step)).toMatchObject({ outcome: 'failed', saw: expect.stringMatching(saw) });
      expect(run.steps.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1);
      expect(run.code).toBe(code);
    },
  );

  test('of a small account passes, with what to ask AWS for', async () => {
    stage.is.concurrency = 10;
    const { code, of } = await prod();
    expect([code, of('concurrency')]).toEqual([
      0,
      expect.objectContaining({ outcome: 'ok', see: expect.stringContaining('L-B99A9384') }),
    ]);
  });

  test.each([
    ['lambda', 'mapping'],
    ['sns', 'alarms'],
  ] as const)('leaves untried what the credentials may not ask of %s', async (service, step) => {
    stage.is.denied.add(service);
    const { code, of } = await prod();
    expect([code, of(step)?.outcome]).toEqual([0, 'untried']);
  });

  test('with a test code: the event goes to the Test Events page, and its end as a dead letter is seen', async () => {
    const posted: object[] = [];
    stage.is.onEvent = (event) => {
      posted.push(event);
      const letter = { body: JSON.stringify({ event }), attributes: { reason: 'tiktok_40001' } };
      void stage.queues.park([letter]);
    };
    const { code, of } = await prod('--test-event-code', 'TEST123');
    expect(posted).toEqual([expect.objectContaining({ test_event_code: 'TEST123', destination: 'default' })]);
    expect(of('event accepted')).toMatchObject({ outcome: 'ok', saw: expect.stringContaining('HTTP 202') });
    expect(of('event delivered')).toMatchObject({ outcome: 'failed', saw: 'parked as tiktok_40001' });
    expect(code).toBe(1);
  });

  test('an event that is not queued or does not arrive has failed', async () => {
    stage.is.postStatus = 503;
    const refused = await prod('--test-event-code', 'TEST123');
    expect(refused.of('event accepted')).toMatchObject({
      outcome: 'failed',
      saw: expect.stringContaining('HTTP 503'),
    });
    expect(refused.of('event delivered')?.outcome).toBe('untried');
    stage.is.postStatus = 202;
    const late = await prod('--test-event-code', 'TEST123', '--wait-seconds', '1');
    expect(late.of('event delivered')).toMatchObject({
      outcome: 'failed',
      saw: expect.stringContaining('after 1 s'),
    });
  });

  test('is not tried without --yes where nobody can be asked, and shows no secret', async () => {
    const unasked = await verify(['--stage', 'prod'], stage.env);
    expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    const { stdout, stderr } = await prod();
    expect(stdout + stderr).not.toContain('prod-key');
  });

  test('prints what was expected and what was seen, for people', async () => {
    stage.is.mapping = 'Disabled';
    const { stdout } = await runCli(['verify', '--stage', 'prod', '--yes'], {
      env: { ...stage.env, NO_COLOR: '1' },
    });
    expect(stdout).toMatch(
      /✗ mapping: Lambda does not read.*\n {4}expected: Lambda reads the queue\n {4}→ Enable it/,
    );
    expect(stdout).toMatch(/Stage prod: 7 steps fine, 1 failed, 3 not tried\.\n$/);
  });
});

test('the stage of npm start passes every step, with an event that arrives and the webhook of every platform', async () => {
  const gateway = await startGatewayProcess();
  try {
    const { queueUrl } = (await (await fetch(`${gateway.url}/_sandbox/info`)).json()) as { queueUrl: string };
    const env = { PORT: new URL(gateway.url).port, SQS_PORT: new URL(queueUrl).port };
    const { code, steps, of } = await verify([], env);
    expect(steps.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    expect(steps.map(({ step }) => step)).toEqual([
      'health',
      'wrong key',
      'key',
      'event accepted',
      'event delivered',
      ...platforms.filter(({ local }) => local !== undefined).map(({ name }) => `webhook ${name}`),
      'collector',
      'collector',
      'dead letters',
    ]);
    expect(code).toBe(0);
    expect(of('webhook stripe')?.saw).toMatch(
      /^signed: HTTP 200 \(request \S+\); forged: HTTP 401 invalid_signature \(request \S+\)$/,
    );
    expect(await gateway.requests()).toEqual([expect.objectContaining({ code: 0, events: 1 })]);
  } finally {
    await gateway.stop();
  }
});

test('a gateway that does not run is unreachable', async () => {
  const { code, steps } = await verify([], { PORT: '1', SQS_PORT: '1' });
  expect([code, steps.map(({ step }) => step)]).toEqual([3, ['health', 'all other steps']]);
});
