/**
 * `npm run bench:pipeline`: the whole path on one machine, from the post to TikTok's sandbox, each figure next to its
 * floor of the same run.
 */
import { failUsage, readProgramOptions } from '../../scripts/program-options.ts';
import { type Section, table } from '../events/table.ts';
import { type Drain, formulaPerSecond, measureBacklog, measureBareBacklog } from './measure-backlog.ts';
import { measurePosts, type PostRow } from './measure-posts.ts';
import { startMeasured } from './measured-process.ts';
import { startTikTokReceiver, type TikTokReceiver } from './tiktok-receiver.ts';

const usage = `Usage: npm run bench:pipeline -- [options]

Measures the whole path on one machine, from the post to TikTok's sandbox, beside its floors.

  --quick        a tenth of the events
  --backlog <n>  messages of the backlog (10000)
  --json         prints the figures as JSON
  --help         prints this text`;

const options = readProgramOptions(usage, {
  json: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  backlog: { type: 'string' },
});

/** Events per post → events of a row: enough for a few seconds, few enough for two cores. */
const loads = [
  { perPost: 1, events: 2_000 },
  { perPost: 10, events: 5_000 },
  { perPost: 50, events: 10_000 },
  { perPost: 500, events: 30_000 },
];
const parallels = [1, 8, 32];
/** TikTok's answer time in the formula of docs/internals/scale.md, which this benchmark checks. */
const answerMs = 350;
const slowMessages = 5_000;
const share = options.quick ? 0.1 : 1;
const backlog = Number(options.backlog ?? 10_000 * share);
if (!Number.isInteger(backlog) || backlog < 1) {
  failUsage('--backlog must be a whole number of messages from 1.');
}

const say = (text: string): void => console.error(`${text} …`);

/** At most one line a second. */
function saySeldom(): (text: string) => void {
  let saidAt = 0;
  return (text) => {
    if (performance.now() - saidAt < 1_000) return;
    saidAt = performance.now();
    say(text);
  };
}

/** Starts fresh processes for each size of post, so that their memory figures do not mix. */
async function measureSize(size: (typeof loads)[number], tiktok: TikTokReceiver, queueCpu: number) {
  const gateway = await startMeasured({ part: 'gateway', tiktokApiUrl: tiktok.url });
  const empty = await startMeasured({ part: 'empty', tiktokApiUrl: tiktok.url });
  const { perPost } = size;
  const events = Math.ceil((size.events * share) / perPost) * perPost;
  const rows: PostRow[] = [];
  try {
    say(`${perPost} events a post: warming up`);
    await measurePosts({ perPost, parallel: 4, events: 500 }, { gateway, empty, tiktok }, queueCpu);
    for (const parallel of parallels) {
      say(`${perPost} events a post, ${parallel} at once, ${events} events`);
      rows.push(await measurePosts({ perPost, parallel, events }, { gateway, empty, tiktok }, queueCpu));
    }
    return rows;
  } finally {
    await Promise.all([gateway.stop(), empty.stop()]);
  }
}

async function run() {
  const tiktok = await startTikTokReceiver();
  try {
    say(`a backlog of ${backlog} messages through a bare loop`);
    const bare = await measureBareBacklog(backlog);
    say(`a backlog of ${backlog} messages through the consumer`);
    const drain = await measureBacklog({ messages: backlog, tiktok, say: saySeldom() });
    const paced = Math.min(backlog, slowMessages);
    say(`a backlog of ${paced} messages, TikTok answering in ${answerMs} ms`);
    const slow = await measureBacklog({ messages: paced, tiktok, answerMs, say: saySeldom() });
    const posts: PostRow[] = [];
    for (const size of loads) {
      posts.push(...(await measureSize(size, tiktok, bare.wholeCpuSecondsPerMillion)));
    }
    const slowTikTok = { ...slow, answerMs, formulaPerSecond: formulaPerSecond(answerMs) };
    return { posts, backlog: { ...drain, floor: bare, slowTikTok } };
  } finally {
    await tiktok.stop();
  }
}

type Results = Awaited<ReturnType<typeof run>>;

function sections({ posts, backlog: { floor, slowTikTok, ...drain } }: Results): Section[] {
  const shape = ({ perPost, parallel }: PostRow) => [String(perPost), String(parallel)];
  const drained = (name: string, result: Drain, bound = floor.perSecond) => [
    name,
    result.messages,
    Math.round(result.perSecond),
    Math.round(bound),
    Math.round(result.cpuSecondsPerMillion),
    Math.round(result.peakRssMb),
  ];
  return [
    {
      head: ['k', 'posts', 'accepted/s', 'floor', 'given back', 'p50 ms', 'floor', 'p99 ms', 'floor'],
      rows: posts.map((row) => [
        ...shape(row),
        Math.round(row.acceptedPerSecond),
        Math.round(row.floor.acceptedPerSecond),
        row.givenBack,
        ...[row.p50Ms, row.floor.p50Ms, row.p99Ms, row.floor.p99Ms].map((ms) => Number(ms.toFixed(1))),
      ]),
    },
    {
      head: ['k', 'posts', 'delivered/s', 'age p50 ms', 'age p99 ms', 'calls', 'floor'],
      rows: posts.map((row) => [
        ...shape(row),
        ...[row.deliveredPerSecond, row.ageP50Ms, row.ageP99Ms, row.tiktokCalls].map(Math.round),
        row.floor.tiktokCalls,
      ]),
    },
    {
      head: ['k', 'posts', 'CPU s/million', 'floor', 'peak MB', 'floor'],
      rows: posts.map((row) => [
        ...shape(row),
        ...[row.cpuSecondsPerMillion, row.floor.cpuSecondsPerMillion, row.peakRssMb].map(Math.round),
        Math.round(row.floor.peakRssMb),
      ]),
    },
    {
      head: ['backlog', 'messages', 'drained/s', 'bound', 'CPU s/million', 'peak MB'],
      rows: [
        drained('consumer', drain),
        drained(`consumer, TikTok in ${slowTikTok.answerMs} ms`, slowTikTok, slowTikTok.formulaPerSecond),
        drained('bare loop', floor),
      ],
    },
  ];
}

const results = await run();
console.log(options.json ? JSON.stringify(results) : table(sections(results)));
