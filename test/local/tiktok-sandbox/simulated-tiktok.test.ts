/** The TikTok of the simulator gives the same requests the same verdicts as the sandbox, wherever both answer. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTikTokClient, type TikTokReply, trackPath } from '../../../lib/tiktok/client.ts';
import { judge, refusedIndex } from '../../../lib/tiktok/verdict.ts';
import { readFaults } from '../../../local/tiktok-sandbox/faults/faults.ts';
import { startSandbox } from '../../../local/tiktok-sandbox/sandbox.ts';
import { clockOf, createScheduler } from '../../simulation/engine/scheduler.ts';
import { createTrace } from '../../simulation/engine/trace.ts';
import { type Flaw, writeMark } from '../../simulation/marks.ts';
import { createTikTok } from '../../simulation/tiktok/tiktok.ts';
import type { TikTokTrouble } from '../../simulation/world-parts.ts';
import { createRandom } from '../../support/random.ts';

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeEach(async () => {
  sandbox = await startSandbox({ tokens: ['token'], pixels: ['P'] });
});
afterEach(() => sandbox.stop());

const bodyOf = (flaw: Flaw): string => {
  const event = (key: string, flaw: Flaw) => ({
    event: 'Purchase',
    event_time: 1_795_176_000,
    event_id: `${flaw}-${key}`,
    properties: { order_id: key, description: writeMark({ destination: 'default', flaw }) },
  });
  const data = [event('a', 'none'), event('b', flaw)];
  return JSON.stringify({ event_source: 'web', event_source_id: 'P', data });
};

async function simulate(flaw: Flaw, mode: TikTokTrouble['mode'], accessToken: string): Promise<TikTokReply> {
  const scheduler = createScheduler(1_795_176_000_000);
  const surroundings = {
    scheduler,
    random: createRandom(1),
    trace: createTrace(scheduler.now),
    witness: () => undefined,
  };
  const tiktok = createTikTok(surroundings, { pixels: new Map([['P', 'default']]) });
  tiktok.tokens.add('token');
  tiktok.trouble.mode = mode;
  const network = { fetch: tiktok.network, clock: clockOf(scheduler) };
  const reply = createTikTokClient(
    'https://tiktok.example',
    network,
  )({
    method: 'POST',
    path: trackPath,
    accessToken,
    body: bodyOf(flaw),
  });
  await scheduler.run(scheduler.now() + 30_000);
  return reply;
}

const verdictOf = (answer: TikTokReply) => ({
  code: answer.kind === 'answer' ? answer.code : undefined,
  index: refusedIndex(answer.message, 2),
  verdict: judge(answer, 5),
});

interface Case {
  readonly flaw?: Flaw;
  readonly mode?: TikTokTrouble['mode'];
  readonly fault?: Record<string, unknown>;
  readonly token?: string;
}

const cases: readonly (readonly [string, Case])[] = [
  ['valid events', {}],
  ['an unknown token', { token: 'revoked' }],
  ['an event that it names', { flaw: 'refused-batch', fault: { kind: 'poison', match: 'refused' } }],
  [
    'an event that it does not name',
    { flaw: 'refused-silent', fault: { kind: 'poison', match: 'refused', index: false } },
  ],
  [
    'an event that a firewall rejects',
    { flaw: 'poison-403', fault: { kind: 'html', status: 403, match: 'poison' } },
  ],
  ['an event that resets', { flaw: 'poison-reset', fault: { kind: 'reset', match: 'poison' } }],
  ['events in an outage', { mode: '503', fault: { kind: 'status', status: 503 } }],
  ['events that it takes before a reset', { mode: 'resets-after', fault: { kind: 'reset_after' } }],
  ['events that it takes in part', { mode: 'partial', fault: { kind: 'partial' } }],
  ['events, with a page', { mode: 'not-json', fault: { kind: 'html' } }],
  ['events, with too much', { mode: 'oversized', fault: { kind: 'huge', bytes: 300_000 } }],
  ['events, with a redirect', { mode: 'redirects', fault: { kind: 'redirect', status: 302 } }],
];

test.each(cases)(
  'the simulated TikTok answers as the sandbox to %s',
  async (_what, { flaw = 'none', mode = 'up', fault, token = 'token' }) => {
    const read = readFaults(fault === undefined ? [] : [fault]);
    if ('faults' in read) sandbox.faults.add(read.faults);
    const call = { method: 'POST', path: trackPath, accessToken: token, body: bodyOf(flaw) } as const;
    const real = await createTikTokClient(sandbox.url)(call);
    expect(verdictOf(await simulate(flaw, mode, token))).toEqual(verdictOf(real));
  },
);
