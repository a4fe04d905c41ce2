/** What a trouble costs, over many seeds: extra calls, and the time until the good events are delivered. */
import { messageBody } from '../../support/delivery/records.ts';
import { createRandom, type Random } from '../../support/random.ts';
import type { CourseEvent, Settled } from './course-queue.ts';
import { type Course, runCourse } from './run-course.ts';
import { type BadEvent, isBad, type Trouble } from './troubles.ts';

/** Over all seeds. */
export interface Spread {
  readonly median: number;
  readonly most: number;
}

export interface Figures {
  /** Of the invocation with the most, in each seed. */
  readonly extraCalls: Spread;
  /** Until the last good event is delivered, in each seed: receives of this event. */
  readonly receives: Spread;
  /** The same in seconds: since the first invocation, or since the end of a trouble. */
  readonly seconds: Spread;
}

export interface Mix {
  readonly events: number;
  readonly bad: number;
}

/** @throws when a good event is not delivered */
export async function badEventFigures(kind: BadEvent, mix: Mix, seeds: number): Promise<Figures> {
  const earlier = kind.earlier?.good ?? 0;
  return spreadOver(seeds, async (seed) => {
    const course = await runBadEvent(kind, mix, seed, 'good');
    return figuresOf(course, { receives: earlier, seconds: 0 });
  });
}

/** Events arrive at any moment of a trouble. @throws when an event is not delivered */
export async function troubleFigures(
  trouble: Trouble,
  { lastsSeconds, events }: { readonly lastsSeconds: number; readonly events: number },
  seeds: number,
): Promise<Figures> {
  return spreadOver(seeds, async (seed) => {
    const random = createRandom(seed);
    const left = lastsSeconds * (1 - random.next());
    const list = eventsOf(Array.from({ length: events }, (_, n) => `good-${n}`));
    const course = await runCourse({
      events: list,
      answers: trouble.answers(left),
      newTokenAfterSeconds: left,
      random,
      awaited: list.map(({ id }) => id),
    });
    return figuresOf(course, { receives: 0, seconds: left });
  });
}

/** @returns what became of the one bad event of ten */
export async function fateOf(kind: BadEvent, seed: number): Promise<Settled | undefined> {
  const { settled } = await runBadEvent(kind, { events: 10, bad: 1 }, seed, 'bad');
  return [...settled].find(([id]) => isBad(id))?.[1];
}

function runBadEvent(kind: BadEvent, mix: Mix, seed: number, until: 'good' | 'bad'): Promise<Course> {
  const random = createRandom(seed);
  const { answers, isNoEventBad = false } = kind;
  const bad = isNoEventBad ? 0 : mix.bad;
  const names = Array.from({ length: mix.events }, (_, n) => (n < bad ? `bad-${n}` : `good-${n}`));
  const events = eventsOf(shuffle(names, random), kind);
  return runCourse({
    events,
    answers: random.pick(answers),
    newTokenAfterSeconds: 0,
    random,
    awaited: names.filter((id) => isBad(id) === (until === 'bad')),
  });
}

/** Makes a call of 50 events as large as 23 kB. */
const user_agent = 'x'.repeat(310);

const eventsOf = (
  ids: readonly string[],
  { fields = {}, earlier = {} }: Partial<BadEvent> = {},
): CourseEvent[] =>
  ids.map((id) => ({
    id,
    body: messageBody(id, { user_agent, ...(isBad(id) && fields) }),
    receives: (isBad(id) ? earlier.bad : earlier.good) ?? 0,
  }));

/** Of prod's 30 seconds, the last five are for parking and delaying. */
const longestMs = 25_000;

/** @param start what the course does not count */
function figuresOf({ invocations, settled }: Course, start: { receives: number; seconds: number }) {
  const good = [...settled].filter(([id]) => !isBad(id)).map(([, each]) => each);
  if (good.some(({ letter }) => letter !== undefined)) throw new Error('a good event was parked');
  if (invocations.some(({ lastedMs }) => lastedMs > longestMs))
    throw new Error('an invocation used its reserve');
  return {
    extraCalls: Math.max(...invocations.map(({ extraCalls }) => extraCalls)),
    receives: Math.max(...good.map(({ receives }) => receives)) - start.receives,
    seconds: Math.max(...good.map(({ seconds }) => seconds)) - start.seconds,
  };
}

async function spreadOver(seeds: number, run: (seed: number) => Promise<ReturnType<typeof figuresOf>>) {
  const results: ReturnType<typeof figuresOf>[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) results.push(await run(seed));
  const spread = (name: keyof ReturnType<typeof figuresOf>): Spread => {
    const values = results.map((result) => result[name]).toSorted((a, b) => a - b);
    return { median: values[Math.floor(values.length / 2)] ?? 0, most: values.at(-1) ?? 0 };
  };
  return { extraCalls: spread('extraCalls'), receives: spread('receives'), seconds: spread('seconds') };
}

function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
