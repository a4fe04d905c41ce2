/** `console` of a deployed stage: who gets an answer, what leaves AWS, and what missing rights cost. */
import { request as httpRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startConsole } from '../../../cli/console/start-console.ts';
import type { Letters } from '../../../cli/dead-letters/letters.ts';
import { CliError } from '../../../cli/errors/cli-error.ts';
import type { Journal } from '../../../cli/journal/journal.ts';
import type { ConsoleState, DeadLettersAnswer, RowsAnswer } from '../../../console/api.ts';
import type { JournalLine } from '../../../lib/journal/line.ts';
import { type Gateway, startGateway } from '../../../local/gateway.ts';
import { answered, event, received } from '../../support/console/journal-lines.ts';
import { eventually } from '../../support/eventually.ts';
import { startHttpServer } from '../../support/http/http-server.ts';
import { startCli } from '../support/run-cli.ts';

const nowMs = Date.now();
const lines: readonly JournalLine[] = [
  received(nowMs - 60_000, [event(1)], { order: event(9) }),
  answered(nowMs - 59_000, [event(1)]),
];

const journal: Journal = {
  lines: async function* ({ containing }) {
    yield* containing === undefined ? lines : lines.slice(0, 1);
  },
  follow: async function* (_, signal) {
    yield received(nowMs, [event(2)]);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  },
  coverage: async () => [],
  flow: async () => [],
  write: async () => undefined,
};

const letter = {
  id: 'letter-1',
  event: event(3),
  eventId: 'order-of-jane@example.com',
  name: 'Bought by Jane',
  source: 'api',
  destination: 'default',
  reason: 'tiktok_40002',
  text: 'A field of the event is invalid.',
  detail: 'event_id',
  outcome: 'refused',
  failedAtMs: nowMs,
  replays: 0,
  replayedAtMs: undefined,
} as const;

const letters: Letters = {
  list: async () => ({ letters: [letter], total: 1, hidden: 0, isComplete: true }),
  replay: async (ids) => ({ done: ids.length, left: [], problem: undefined }),
  discard: async () => Promise.reject(denied('sqs:DeleteMessage')),
};

const denied = (action: string): Error =>
  Object.assign(
    new Error(`User: arn:aws:iam::1:user/ada is not authorized to perform: ${action} on resource: arn`),
    { name: 'AccessDeniedException' },
  );

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

async function start(parts: { openJournal?: () => Promise<Journal>; letters?: Letters } = {}) {
  const controller = new AbortController();
  const console = await startConsole({
    stage: { name: 'prod' },
    openJournal: async () => journal,
    letters,
    openSyncs: async () => Promise.reject(denied('dynamodb:GetItem')),
    sinceMs: nowMs - 3_600_000,
    port: 0,
    signal: controller.signal,
    ...parts,
  });
  ending.push(async () => {
    controller.abort();
    await console.stop();
  });
  const { origin, hash } = new URL(console.url);
  const headers = { 'x-console-token': hash.slice(1) };
  return {
    origin,
    token: hash.slice(1),
    json: async <T>(path: string): Promise<T> =>
      (await fetch(origin + path, { headers })).json() as Promise<T>,
    post: (path: string, body: unknown) =>
      fetch(origin + path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

describe('the console of a deployed stage', () => {
  test('shows what the journal has, and then what comes', async () => {
    const { json } = await start();
    await eventually(async () => (await json<RowsAnswer>('/_console/rows')).rows.length === 2);
    const { rows } = await json<RowsAnswer>('/_console/rows');
    expect(rows.map(({ id, outcome }) => [id, outcome])).toEqual([
      [event(2), 'accepted'],
      [event(1), 'delivered'],
    ]);
    const state = await json<ConsoleState>('/_console/state');
    expect(state).toMatchObject({ stage: 'prod', isLocal: false, sendsTo: 'tiktok', problems: [] });
  });

  test('shows of a dead letter only what holds no personal data', async () => {
    const { json } = await start();
    const answer = await json<DeadLettersAnswer>('/_console/dead-letters');
    expect(answer.letters).toMatchObject([{ id: 'letter-1', event: event(3), name: 'custom' }]);
    expect(JSON.stringify(answer)).not.toMatch(/jane/i);
  });

  test('names each missing right, and shows the rest', async () => {
    const { json, post } = await start({
      openJournal: () => Promise.reject(denied('logs:FilterLogEvents')),
      letters: { ...letters, list: () => Promise.reject(denied('sqs:ReceiveMessage')) },
    });
    expect((await fetch(`${(await start()).origin}/`)).status).toBe(200);
    await json('/_console/dead-letters');
    const { problems } = await json<ConsoleState>('/_console/state');
    expect(problems).toEqual([
      'The events cannot be read. These AWS credentials lack the right logs:FilterLogEvents. Add it to your role, or set AWS_PROFILE to another one.',
      'The dead letters cannot be read. These AWS credentials lack the right sqs:ReceiveMessage. Add it to your role, or set AWS_PROFILE to another one.',
    ]);
    expect(await json<RowsAnswer>('/_console/rows')).toEqual({ rows: [] });
    const answer = await post('/_console/dead-letters/discard', { ids: ['letter-1'] });
    expect(answer.status).toBe(502);
    expect(await answer.text()).toContain('lack the right sqs:DeleteMessage');
    expect((await post('/_console/dead-letters/replay', { ids: ['letter-1'] })).status).toBe(200);
  });

  test('repeats the remedy of a stage without logs', async () => {
    const remedy = 'The stage prod has no logs yet: deploy it.';
    const { json } = await start({ openJournal: () => Promise.reject(new CliError(3, remedy)) });
    const { problems } = await json<ConsoleState>('/_console/state');
    expect(problems).toEqual([`The events cannot be read. ${remedy}`]);
  });

  test('sends no events and no samples', async () => {
    const { post, json } = await start();
    expect((await post('/_console/samples/event%3APurchase', {})).status).toBe(404);
    expect(await json('/_console/samples')).toMatchObject({ status: 404 });
  });
});

describe('who gets an answer', () => {
  test('answers nobody without the secret of the address, which is new in each run', async () => {
    const [one, other] = [await start(), await start()];
    expect(one.token).toMatch(/^[\w-]{43}$/);
    expect(other.token).not.toBe(one.token);
    for (const token of ['', 'local', other.token]) {
      const headers = { 'x-console-token': token };
      expect((await fetch(`${one.origin}/_console/state`, { headers })).status).toBe(403);
    }
    expect((await fetch(`${one.origin}/_console/state`)).status).toBe(403);
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin', { origin: 'null' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another port', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s although it has the token', async (_, foreign) => {
    const { origin, token } = await start();
    const headers = { 'x-console-token': token, ...foreign };
    expect((await fetch(`${origin}/_console/state`, { headers })).status).toBe(403);
  });

  test('refuses a foreign host, as after DNS rebinding', async () => {
    const { origin, token } = await start();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: 'rebound.example', 'x-console-token': token };
      httpRequest(`${origin}/_console/state`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });

  test.each(['/v1/events', '/_sandbox/requests', '/_sandbox/faults', '/etc/passwd'])(
    'has nothing at %s',
    async (path) => {
      const { origin, token } = await start();
      expect((await fetch(origin + path, { headers: { 'x-console-token': token } })).status).toBe(404);
    },
  );

  test('names the option when its port is taken', async () => {
    const { origin } = await start();
    const port = Number(new URL(origin).port);
    const again = startConsole({
      stage: { name: 'prod' },
      openJournal: async () => journal,
      letters,
      openSyncs: async () => Promise.reject(denied('dynamodb:GetItem')),
      sinceMs: nowMs,
      port,
      signal: AbortSignal.abort(),
    });
    await expect(again).rejects.toThrow(
      `Port ${port} is taken by another program: give another one with --port.`,
    );
  });
});

describe('the command', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway({ port: 0, sqsPort: 0 });
  });
  afterAll(() => gateway.stop());

  test('prints the address of the page of npm start, and ends', async () => {
    const env = { PORT: new URL(gateway.url).port };
    const run = await startCli(['console', '--json'], { env }).ended;
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toEqual({ url: `${gateway.url}/` });
  });

  test('says that npm start does not run', async () => {
    const run = await startCli(['console'], { env: { PORT: '1' } }).ended;
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr).toContain('npm start');
  });

  test('serves a deployed stage without any right, and ends cleanly at Ctrl-C', async () => {
    const message =
      'User: arn:aws:iam::1:user/ada is not authorized to perform: logs:FilterLogEvents on resource: x';
    const aws = await startHttpServer((_, response) => {
      response.writeHead(400, {
        'content-type': 'application/x-amz-json-1.1',
        'x-amzn-errortype': 'AccessDeniedException',
      });
      response.end(JSON.stringify({ __type: 'AccessDeniedException', message }));
    });
    const env = {
      AWS_ENDPOINT_URL: aws.url,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
    };
    const { child, output, ended } = startCli(['console', '--stage', 'prod', '--json'], { env });
    await eventually(() => output.stdout.includes('}'));
    const { origin, hash } = new URL(JSON.parse(output.stdout).url);
    const headers = { 'x-console-token': hash.slice(1) };
    const state = async () =>
      (await (await fetch(`${origin}/_console/state`, { headers })).json()) as ConsoleState;
    await eventually(async () => (await state()).problems.length > 0);
    expect((await state()).problems[0]).toMatch(/^The events cannot be read\. .*logs:/);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0, signal: null });
    await aws.stop();
  });
});
