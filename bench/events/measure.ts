/**
 * Measures on a noisy machine. It counts processor time of this process instead of wall time, so other programs matter
 * little. Subjects take turns in short rounds, and only figures of the same round are compared.
 */

export interface Subject {
  readonly name: string;
  /** The work of one call, which may be asynchronous. */
  readonly run: () => unknown;
  /** Units of work in one call, such as 50 events. */
  readonly units: number;
}

export interface Timing {
  /** Microseconds of processor time per unit, garbage collection included: the median of all rounds. */
  readonly medianUs: number;
  /** The same, of the quietest round. */
  readonly minUs: number;
  /** Microseconds per unit of each round, in order: round 3 of one subject ran next to round 3 of the others. */
  readonly rounds: readonly number[];
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
};

/** Results are stored here, so that the engine cannot skip the work. */
const kept: { result: unknown } = { result: undefined };

export interface Effort {
  readonly rounds: number;
  /** Processor time of one subject in one round. */
  readonly roundMs: number;
  /** Processor time of each subject before the first round, until the engine has optimized it. */
  readonly warmUpMs?: number;
}

export async function measure(
  subjects: readonly Subject[],
  { rounds, roundMs, warmUpMs = 300 }: Effort,
): Promise<Map<string, Timing>> {
  const calls = new Map<string, number>();
  for (const subject of subjects) calls.set(subject.name, await callsPerRound(subject, roundMs, warmUpMs));
  const times = new Map(subjects.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    // Alternating the order evens out what one subject leaves for the next, such as garbage.
    for (const subject of round % 2 === 0 ? subjects : subjects.toReversed()) {
      times.get(subject.name)?.push(await timeOf(subject, calls.get(subject.name) ?? 1));
    }
  }
  return new Map([...times].map(([name, all]) => [name, toTiming(all)]));
}

const toTiming = (rounds: number[]): Timing => ({
  medianUs: median(rounds),
  minUs: Math.min(...rounds),
  rounds,
});

/** Warms up the subject. @returns how many calls fill a round */
async function callsPerRound(subject: Subject, roundMs: number, warmUpMs: number): Promise<number> {
  const once = (): Promise<number> => timeOf({ ...subject, units: 1 }, 1);
  let [spentUs, lateUs, lateCalls] = [0, 0, 0];
  while (spentUs < warmUpMs * 1000) {
    const us = await once();
    spentUs += us;
    if (spentUs < warmUpMs * 500) continue;
    // The second half only: the first calls are slow.
    lateUs += us;
    lateCalls += 1;
  }
  return Math.max(1, Math.round((roundMs * 1000 * lateCalls) / lateUs));
}

async function timeOf({ run, units }: Subject, calls: number): Promise<number> {
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) {
    const result = run();
    kept.result = result instanceof Promise ? await result : result;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (calls * units);
}

/** The share of rounds that count: other programs can only make a round slower, never faster. */
const quietShare = 1 / 4;

/** The median of the ratios of the quietest rounds; a slow moment of the machine affects both sides of one round. */
export function ratio(subject: Timing, floor: Timing): number {
  const rounds = subject.rounds.map((us, round) => ({ us, floorUs: floor.rounds[round] ?? Number.NaN }));
  const quiet = rounds
    .toSorted((a, b) => a.us + a.floorUs - b.us - b.floorUs)
    .slice(0, Math.ceil(rounds.length * quietShare));
  return median(quiet.map(({ us, floorUs }) => us / floorUs));
}
