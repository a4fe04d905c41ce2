/** `/_sandbox/stats`: shows the sandbox's counts of each pixel, event and UTC day, and adds to them, such as a pixel's events. */
import * as z from 'zod/mini';
import { dayOf, type EventCounts, type StatCounts, sum } from './event-counts.ts';

const count = z.optional(z.int('must be a whole number').check(z.gte(0, 'must be 0 or more')));
const text = z.string('must be text').check(z.minLength(1, 'must not be empty'), z.maxLength(128));

const additionSchema = z.strictObject({
  pixel: z.optional(text),
  event: text,
  day: z.optional(z.iso.date('must be a day such as 2026-11-26')),
  browser: count,
  server: count,
  attributed: count,
  preview: count,
});

const maxAdditions = 1000;

interface Defaults {
  /** The pixel of an entry that names none. */
  readonly pixel: string | undefined;
  readonly nowMs: number;
}

/** @param input one entry or a list; @returns what is wrong, and then nothing was added */
export function addStats(input: unknown, counts: EventCounts, defaults: Defaults): string | undefined {
  const list = Array.isArray(input) ? input : [input];
  if (list.length > maxAdditions) return `at most ${maxAdditions} entries`;
  const read: z.infer<typeof additionSchema>[] = [];
  for (const item of list) {
    const result = additionSchema.safeParse(item);
    if (!result.success) return explain(result.error);
    read.push(result.data);
  }
  for (const { pixel = defaults.pixel, event, day, ...added } of read)
    if (pixel !== undefined)
      counts.add(pixel, event, day === undefined ? defaults.nowMs : Date.parse(day), added);
  return undefined;
}

function explain({ issues: [issue] }: z.core.$ZodError): string {
  if (issue?.code === 'unrecognized_keys') return `${issue.keys.join(', ')}: is not known`;
  return `${issue?.path.join('.') || 'entry'}: ${issue?.message}`;
}

/** @returns the counts as they are, without faults, oldest day first */
export function listStats(counts: EventCounts) {
  const days = new Map<string, StatCounts & { pixel: string; event: string; day: string }>();
  for (const hour of counts.list()) {
    const { pixel, event } = hour;
    const day = dayOf(hour.hourMs);
    const key = JSON.stringify([day, pixel, event]);
    days.set(key, { day, pixel, event, ...sum(days.get(key), hour) });
  }
  return [...days].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}
