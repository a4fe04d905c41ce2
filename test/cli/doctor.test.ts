import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Finding } from '../../cli/doctor/finding.ts';
import { CliError } from '../../cli/errors/cli-error.ts';
import { readStage } from '../../lib/config/read-stage.ts';
import type { AnsweredLine, JournalLine, WaitsLine } from '../../lib/journal/line.ts';
import { eventually } from '../support/eventually.ts';
import { startGatewayProcess } from '../support/gateway/gateway-process.ts';
import { checkCommand, commandsIn } from './support/check-command.ts';
import { checkRemedy } from './support/check-remedy.ts';
import { type DeployedStage, startDeployedStage, token } from './support/deployed-stage.ts';
import { runCli } from './support/run-cli.ts';

/** What the journal of the deployed stage says. */
const logs = vi.hoisted(() => ({ lines: [] as JournalLine[], error: undefined as Error | undefined }));
vi.mock('../../cli/journal/open-journal.ts', () => ({
  openJournal: async () => ({
    lines: async function* () {
      if (logs.error !== undefined) throw logs.error;
      yield* logs.lines;
    },
  }),
}));

/** The stage file is a template: its pixel code is a placeholder. */
const pixel = readStage('prod').destinations.default?.pixelCode ?? '';

let stage: DeployedStage;
beforeEach(async () => {
  Object.assign(logs, { lines: [], error: undefined });
  stage = await startDeployedStage([pixel]);
});
afterEach(() => stage.stop());

async function doctor(...args: string[]) {
  const { code, stdout, stderr } = await runCli(['doctor', '--stage', 'prod', '--json', ...args], {
    env: stage.env,
  });
  const findings: Finding[] = stdout === '' ? [] : (JSON.parse(stdout).findings ?? []);
  // Whatever is wrong, the remedies are commands that exist.
  for (const finding of findings) await checkRemedy(finding);
  return {
    code,
    stderr,
    stdout,
    findings,
    of: (subject: string) => findings.filter((one) => one.subject === subject),
  };
}

test('on a stage where all is right only the placeholder of the template is a problem', async () => {
  const { code, findings, of } = await doctor();
  const wrong = findings.filter(({ level }) => level !== 'ok');
  expect(wrong).toEqual([
    expect.objectContaining({
      subject: 'destination default',
      level: 'problem',
      remedy: expect.stringContaining('Events Manager'),
    }),
  ]);
  expect(code).toBe(1);
  expect(of('token default')[0]?.text).toContain('1 ad account');
  expect(of('queue')[0]?.text).toContain('the oldest for 3 s');
  expect(of('delivery')[0]?.text).toMatch(/Last delivery \d+ s ago/);
});

const keyOf = (key: object) => ({ keys: [{ id: 'a', destinations: ['*'], sha256: '0'.repeat(64), ...key }] });
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

const broken: readonly {
  what: string;
  breaks: (stage: DeployedStage) => unknown;
  subject: string;
  level: 'problem' | 'warning' | 'unchecked';
  says: RegExp;
}[] = [
  {
    what: 'the stack is not deployed',
    breaks: ({ is }) => {
      is.deployed = false;
    },
    subject: 'stack',
    level: 'problem',
    says: /no stack tiktok-events-prod.*deploy/,
  },
  {
    what: 'the last deployment failed',
    breaks: ({ is }) => {
      is.status = 'UPDATE_ROLLBACK_COMPLETE';
    },
    subject: 'stack',
    level: 'warning',
    says: /rolled back/,
  },
  {
    what: 'the token was revoked',
    breaks: ({ sandbox }) => sandbox.tokens.clear(),
    subject: 'token default',
    level: 'problem',
    says: /refuses the token.*connect/i,
  },
  {
    what: 'the destination is not connected',
    breaks: ({ secrets, prefix }) => secrets.set(`${prefix}/destinations/default`, { disconnected_at: 'x' }),
    subject: 'token default',
    level: 'problem',
    says: /not connected.*connect --stage prod/,
  },
  {
    what: 'the token secret is malformed',
    breaks: ({ secrets, prefix }) => secrets.set(`${prefix}/destinations/default`, '{"token":"x"}'),
    subject: 'token default',
    level: 'problem',
    says: /malformed/,
  },
  {
    what: 'the token was pasted with a line break',
    breaks: ({ secrets, prefix }) => secrets.set(`${prefix}/destinations/default`, { access_token: 'a\nb' }),
    subject: 'token default',
    level: 'problem',
    says: /spaces or line breaks.*connect --stage prod/,
  },
  {
    what: 'there is no API key',
    breaks: ({ secrets, prefix }) => secrets.set(`${prefix}/ingest`, { keys: [], webhooks: {} }),
    subject: 'secret ingest',
    level: 'problem',
    says: /no API key.*keys add/,
  },
  {
    what: 'the API does not take the key',
    breaks: ({ is }) => {
      is.keyIsTaken = false;
    },
    subject: 'API key',
    level: 'problem',
    says: /does not accept the key/,
  },
  {
    what: 'an API key has expired',
    breaks: ({ secrets, prefix }) => secrets.set(`${prefix}/ingest`, keyOf({ expires_at: inDays(-1) })),
    subject: 'API key a',
    level: 'warning',
    says: /expired on.*keys revoke a --stage prod/,
  },
  {
    what: 'an API key expires within 14 days',
    breaks: ({ secrets, prefix }) => secrets.set(`${prefix}/ingest`, keyOf({ expires_at: inDays(13) })),
    subject: 'API key a',
    level: 'warning',
    says: /expires on/,
  },
  {
    what: 'an API key is short',
    breaks: ({ secrets, prefix }) => secrets.set(`${prefix}/ingest`, keyOf({ short: true })),
    subject: 'API key a',
    level: 'warning',
    says: /fewer than 16 characters/,
  },
  {
    what: 'an API key is stored in clear',
    breaks: ({ secrets, prefix }) =>
      secrets.set(`${prefix}/ingest`, keyOf({ sha256: undefined, key: 'a-key-of-some-length' })),
    subject: 'API key a',
    level: 'warning',
    says: /not its digest.*keys add/,
  },
  {
    what: 'every event is held',
    breaks: ({ is }) => {
      is.metrics = { EventsHeld: 7, EventsRetried: 0, EventsDelivered: 0 };
    },
    subject: 'held events',
    level: 'problem',
    says: /7 attempts held.*Nothing gets through.*held-events/,
  },
  {
    what: 'every event is retried',
    breaks: ({ is }) => {
      is.metrics = { EventsHeld: 0, EventsRetried: 7, EventsDelivered: 0 };
    },
    subject: 'held events',
    level: 'problem',
    says: /7 to be retried.*Nothing gets through/,
  },
  {
    what: 'some events are held',
    breaks: ({ is }) => {
      is.metrics = { EventsHeld: 1, EventsRetried: 0, EventsDelivered: 9 };
    },
    subject: 'held events',
    level: 'warning',
    says: /9 events were delivered, 1 attempts held/,
  },
  {
    what: 'TikTok answers 503',
    breaks: ({ sandbox }) => sandbox.faults.add([{ kind: 'status', status: 503, on: 'track' }] as never),
    subject: 'token default',
    level: 'warning',
    says: /does not say whether it accepts the token.*HTTP 503.*doctor --stage prod/,
  },
  {
    what: 'the account may not report to the pixel',
    breaks: ({ sandbox }) => sandbox.faults.add([{ kind: 'code', code: 40001, on: 'track' }] as never),
    subject: 'token default',
    level: 'problem',
    says: /answered 40001.*connect --stage prod --destination default/,
  },
  {
    what: 'the pixel code is of another account',
    breaks: ({ sandbox }) => sandbox.pixels.clear(),
    subject: 'token default',
    level: 'problem',
    says: /answered 40001.*pixel/,
  },
  {
    what: 'TikTok refuses the pixel code',
    breaks: ({ sandbox }) =>
      sandbox.faults.add([
        {
          kind: 'code',
          code: 40002,
          message: 'Invalid value for event_source_id: not a valid string.',
          on: 'track',
        },
      ] as never),
    subject: 'token default',
    level: 'problem',
    says: /answered 40002.*Compare pixelCode.*osls deploy --stage prod/,
  },
  {
    what: 'a token of Events Manager was pasted that TikTok refuses',
    breaks: ({ secrets, prefix }) =>
      secrets.set(`${prefix}/destinations/default`, { access_token: 'pasted' }),
    subject: 'token default',
    level: 'problem',
    says: /refuses the token.*40105.*connect --stage prod/,
  },
  {
    what: 'the connection covers no ad account any more',
    breaks: ({ secrets, prefix }) =>
      secrets.set(`${prefix}/destinations/default`, { access_token: token, advertiser_ids: ['7999'] }),
    subject: 'token default',
    level: 'problem',
    says: /no longer covers any of 1 ad account.*connect --stage prod/,
  },
  {
    what: 'alarms are red',
    breaks: ({ is }) => void is.redAlarms.push('held-events', 'server-errors'),
    subject: 'red alarms',
    level: 'problem',
    says: /^2 alarms are red: held-events for 60 min, server-errors for 60 min\. .*#held-events and .*#server-errors/,
  },
  {
    what: 'many requests are answered 4xx',
    breaks: ({ is }) => {
      is.metrics = { ...is.metrics, '4xx': 40 };
    },
    subject: 'requests',
    level: 'warning',
    says: /^Of 100 requests .* 40 with 4xx \(40\.0 %\).*client-errors/,
  },
  {
    what: 'the mapping is disabled',
    breaks: ({ is }) => {
      is.mapping = 'Disabled';
    },
    subject: 'mapping',
    level: 'problem',
    says: /mapping is Disabled.*--uuid mapping-1 --enabled/,
  },
  {
    what: 'there is no mapping',
    breaks: ({ is }) => {
      is.mapping = undefined;
    },
    subject: 'mapping',
    level: 'problem',
    says: /No queue is mapped.*Deploy/,
  },
  {
    what: 'the account may run 10 functions only',
    breaks: ({ is }) => {
      is.concurrency = 10;
    },
    subject: 'concurrency',
    level: 'warning',
    says: /10 functions at once.*L-B99A9384/,
  },
  {
    what: 'nobody is subscribed to the alarms',
    breaks: ({ is }) => {
      is.subscriptions = [];
    },
    subject: 'alarms',
    level: 'warning',
    says: /no subscription.*aws sns subscribe/,
  },
  {
    what: 'a subscription of the alarms is not confirmed',
    breaks: ({ is }) => {
      is.subscriptions = ['PendingConfirmation'];
    },
    subject: 'alarms',
    level: 'warning',
    says: /0 confirmed, 1 pending.*Subscription Confirmation/,
  },
  {
    what: 'the clock is off',
    breaks: ({ is }) => {
      is.clockSkewMs = 3_600_000;
    },
    subject: 'clock',
    level: 'problem',
    says: /3(599|600|601) s off.*NTP/,
  },
  {
    what: 'events wait too long',
    breaks: ({ is }) => {
      is.metricAgeSeconds = 7_200;
    },
    subject: 'queue',
    level: 'warning',
    says: /oldest for 2 h/,
  },
  {
    what: 'Secrets Manager refuses',
    breaks: ({ secrets }) => secrets.fail({ error: 'AccessDeniedException' }),
    subject: 'secret ingest',
    level: 'unchecked',
    says: /not allowed to look \(AccessDeniedException\)/,
  },
];

test.each(broken)('when $what, doctor says so and what to do', async ({ breaks, subject, level, says }) => {
  await breaks(stage);
  const { code, of } = await doctor();
  const found = of(subject).map((finding) => ({
    level: finding.level,
    said: `${finding.text} ${finding.remedy}`,
  }));
  expect(found).toContainEqual({ level, said: expect.stringMatching(says) });
  expect(code).toBe(1);
});

test.each(['lambda', 'sns', 'cloudwatch'] as const)(
  'what the credentials may not ask of %s is not checked, and is no problem',
  async (service) => {
    stage.is.denied.add(service);
    const { findings } = await doctor();
    expect(findings).toContainEqual(
      expect.objectContaining({ level: 'unchecked', text: expect.stringContaining('not allowed to look') }),
    );
    expect(findings.filter(({ level }) => level === 'problem')).toHaveLength(1);
  },
);

test('without a key of your own the key is not checked, and no other key is taken', async () => {
  const { TIKTOK_EVENTS_KEY: _, ...env } = stage.env;
  const { stdout } = await runCli(['doctor', '--stage', 'prod', '--json'], {
    env: { ...env, XDG_CONFIG_HOME: '/nonexistent' },
  });
  expect(JSON.parse(stdout).findings).toContainEqual(
    expect.objectContaining({
      level: 'unchecked',
      subject: 'API key',
      remedy: expect.stringContaining('TIKTOK_EVENTS_KEY'),
    }),
  );
});

test('doctor reports dead letters by reason, each with its remedy, and leaves them visible', async () => {
  const letter = (reason: string) => ({ body: '{}', attributes: { reason, outcome: 'refused' } });
  await stage.queues.park([letter('invalid_event'), letter('tiktok_40002'), letter('tiktok_40002')]);
  const { of } = await doctor();
  expect(of('dead letters')).toEqual([
    expect.objectContaining({
      text: '2 parked as tiktok_40002.',
      remedy: expect.stringContaining('pixel code'),
    }),
    expect.objectContaining({
      text: '1 parked as invalid_event.',
      remedy: expect.stringContaining('event_name'),
    }),
  ]);
  expect(await stage.queues.parked()).toEqual({ visible: 3, hidden: 0 });
});

test('without AWS credentials there is one problem for all that needs them', async () => {
  const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...env } = stage.env;
  const { stdout } = await runCli(['doctor', '--stage', 'prod', '--json'], {
    env: { ...env, AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nonexistent' },
  });
  const problems = JSON.parse(stdout).findings.filter(({ level }: Finding) => level === 'problem');
  expect(problems.map(({ subject }: Finding) => subject)).toEqual(['destination default', 'AWS']);
  expect(problems[1].text).toMatch(/No AWS credentials.*not checked: stack, API, .*concurrency\.$/);
});

test.each([
  { stage: 'prd', says: /no stages\/prd\.yml here\. Did you mean prod\? Stages: local, dev, prod, staging/ },
  { stage: 'nope', says: /no stages\/nope\.yml here\. Stages: local/ },
])('a stage $stage that does not exist is answered with those that do', async ({ stage: name, says }) => {
  const { code, stdout, stderr } = await runCli(['doctor', '--stage', name]);
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(says) });
  expect(stderr).not.toMatch(/Error/);
  await Promise.all(commandsIn(stderr).map(checkCommand));
});

test('a stage with neither a file nor a stack is one problem', async () => {
  stage.is.deployed = false;
  const { stdout } = await runCli(['doctor', '--stage', 'nope', '--json'], {
    env: { ...stage.env, AWS_REGION: 'eu-central-1' },
  });
  const problems = JSON.parse(stdout).findings.filter(({ level }: Finding) => level === 'problem');
  const missing = problems.filter(({ text }: Finding) => /There is no stack tiktok-events-nope/.test(text));
  expect(missing).toHaveLength(1);
  expect(missing[0].text).toContain('Stages: local, dev, prod, staging');
});

test('without the right to read the logs, the metrics say what waits, and the right is named', async () => {
  stage.is.metrics = { ...stage.is.metrics, EventsHeld: 7, EventsDelivered: 0 };
  const cause = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  logs.error = new CliError(3, 'These AWS credentials lack the right logs:StartQuery.', { cause });
  const { of } = await doctor();
  expect(of('journal')).toEqual([
    expect.objectContaining({ level: 'unchecked', text: expect.stringContaining('logs:StartQuery') }),
  ]);
  expect(of('held events')).toEqual([
    expect.objectContaining({ level: 'problem', text: expect.stringContaining('7 attempts held') }),
  ]);
});

test('a stage without logs yet is judged by its metrics', async () => {
  logs.error = new CliError(3, 'Stage prod has no logs yet: deploy it, or send an event.');
  const { of } = await doctor();
  expect(of('journal')).toEqual([]);
  expect(of('held events')).toEqual([expect.objectContaining({ level: 'ok' })]);
});

test('a right that AWS names is named', async () => {
  stage.is.denied.add('lambda');
  stage.is.deniedMessage = 'User: u is not authorized to perform: lambda:GetAccountSettings on resource: *';
  const { of } = await doctor();
  expect(of('concurrency')[0]?.text).toBe('You are not allowed to look (lambda:GetAccountSettings).');
});

const waits = (line: Partial<WaitsLine>): WaitsLine => ({
  kind: 'waits',
  atMs: Date.now() - 300_000,
  traces: [],
  destination: 'default',
  outcome: 'hold',
  reason: 'tiktok_40118',
  detail: undefined,
  events: [{ event: 'a1', nextAttemptMs: Date.now() + 300_000, receives: 1 }],
  ...line,
});
const answered = (line: Partial<AnsweredLine>): AnsweredLine => ({
  kind: 'answered',
  atMs: Date.now() - 300_100,
  traces: [],
  destination: 'default',
  events: ['a1'],
  verdict: 'hold',
  reason: 'tiktok_40118',
  detail: undefined,
  isPartial: false,
  position: undefined,
  requestId: 'R-1',
  durationMs: 90,
  ...line,
});

test("the journal names what waits: destination, since when, TikTok's answer and its request id", async () => {
  logs.lines = [answered({}), waits({})];
  const { of } = await doctor();
  expect(of('held events')).toEqual([
    {
      level: 'problem',
      subject: 'held events',
      text: expect.stringMatching(
        /^1 event of destination default is held since \d\d:\d\d \(5 min\)\. Next attempt in 5 min\. TikTok answered 40118 \(request id R-1\)\. .*allow-list/,
      ),
      remedy: 'See docs/operations.md#held-events.',
    },
  ]);
});

test('events that wait for a new token are no problem when TikTok accepts the stored one', async () => {
  logs.lines = [waits({ reason: 'tiktok_40105' })];
  const { of } = await doctor();
  expect(of('held events')).toEqual([
    expect.objectContaining({
      level: 'warning',
      text: expect.stringMatching(/40105.*accepts the stored token: the events go out at their next attempt/),
    }),
  ]);
});

test('a journal without a waiting event is believed before the metrics, which count the last 15 minutes', async () => {
  stage.is.metrics = { ...stage.is.metrics, EventsHeld: 7, EventsDelivered: 0 };
  logs.lines = [waits({}), answered({ verdict: 'delivered' })];
  const { of } = await doctor();
  expect(of('held events')).toEqual([expect.objectContaining({ level: 'ok' })]);
});

test('dead letters that another command hides are not taken for none', async () => {
  await stage.queues.park([{ body: '{}', attributes: { reason: 'invalid_event', outcome: 'refused' } }]);
  await stage.queues.bodies(stage.queues.deadLetterQueueUrl);
  const { of } = await doctor();
  expect(of('dead letters')).toEqual([
    expect.objectContaining({ text: expect.stringContaining('1 more cannot be seen now') }),
  ]);
});

test('no secret is shown, whatever is wrong', async () => {
  stage.sandbox.tokens.clear();
  const { stdout, stderr } = await doctor();
  for (const secret of [token, 'prod-key', 'app-secret']) expect(stdout + stderr).not.toContain(secret);
});

const sendTest = ['--send-test', '--test-event-code', 'TEST123', '--yes'];

test('--send-test proves pixel code, token and permission with one test event', async () => {
  const { of } = await doctor(...sendTest);
  expect(of('test event default')).toEqual([expect.objectContaining({ level: 'ok' })]);
  const request = stage.sandbox.log.list().find(({ events }) => events > 0);
  expect(request).toMatchObject({
    code: 0,
    events: 1,
    body: { test_event_code: 'TEST123', event_source_id: pixel },
  });
});

test.each([
  { code: 40105, says: /connect/ },
  { code: 40001, says: /Operator or Admin/ },
  { code: 40002, says: /pixel code/ },
])('--send-test answered with $code says what to do', async ({ code, says }) => {
  stage.sandbox.faults.add([{ kind: 'code', code, on: 'track' }] as never);
  const { of } = await doctor(...sendTest);
  expect(of('test event default')).toEqual([
    expect.objectContaining({ level: 'problem', remedy: expect.stringMatching(says) }),
  ]);
});

test('--send-test needs a test code, and --yes where nobody can be asked', async () => {
  expect((await doctor('--send-test', '--yes')).code).toBe(2);
  const { code, stderr } = await doctor('--send-test', '--test-event-code', 'TEST123');
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
});

test('without AWS credentials the findings say how to get them', async () => {
  const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...env } = stage.env;
  const { code, stdout } = await runCli(['doctor', '--stage', 'prod'], {
    env: { ...env, AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nonexistent' },
  });
  expect(code).toBe(1);
  expect(stdout).toContain('No AWS credentials were found');
});

test('the gateway of npm start is healthy', async () => {
  const gateway = await startGatewayProcess();
  try {
    const { queueUrl } = (await (await fetch(`${gateway.url}/_sandbox/info`)).json()) as { queueUrl: string };
    const env = { PORT: new URL(gateway.url).port, SQS_PORT: new URL(queueUrl).port };
    const { stdout, code } = await runCli(['doctor', '--send-test', '--test-event-code', 'TEST1'], { env });
    expect({ stdout, code }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Stage local is healthy.'),
    });
  } finally {
    await gateway.stop();
  }
});

test('the gateway of npm start is not called healthy while every event is held', async () => {
  const gateway = await startGatewayProcess();
  try {
    const { queueUrl } = (await (await fetch(`${gateway.url}/_sandbox/info`)).json()) as { queueUrl: string };
    const env = { PORT: new URL(gateway.url).port, SQS_PORT: new URL(queueUrl).port };
    await gateway.addFaults({ kind: 'revoke_token' });
    await gateway.post({ event_name: 'Lead', email: 'a@example.com', event_id: 'held-1' });
    await eventually(gateway.requests, (seen) => seen.length > 0);
    const { stdout, code } = await runCli(['doctor', '--json'], { env });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).findings).toContainEqual({
      level: 'problem',
      subject: 'token default',
      text: expect.stringMatching(/TikTok answered 40105.*1 event of destination default is held since/),
      remedy: expect.stringContaining('Connect the destination again'),
    });
  } finally {
    await gateway.stop();
  }
});

test('colors are left out without a terminal and with NO_COLOR', async () => {
  const { stdout } = await runCli(['doctor', '--stage', 'prod'], {
    env: { ...stage.env, NO_COLOR: '1', FORCE_COLOR: '' },
  });
  expect(stdout).not.toContain('\u001b');
});
