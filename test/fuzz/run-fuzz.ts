/** Draws bodies, sends each through one of the three doors, and counts what breaks a promise, takes long or stays in memory. */
import { createRandom } from '../support/random.ts';
import { apiDoor } from './doors/api.ts';
import type { Door, Ended, Knock } from './doors/door.ts';
import { queueDoor } from './doors/queue.ts';
import { createWebhookDoor } from './doors/webhooks.ts';
import { createOutside } from './outside.ts';

export interface FuzzOptions {
  /** The number of the first body. */
  readonly from: number;
  readonly bodies: number;
  /** More CPU time than this for one body is a finding; undefined where the machine is not ours alone. */
  readonly limitMs?: number | undefined;
  readonly onProgress?: (report: FuzzReport) => void;
}

export interface Finding {
  /** The first body that shows it: with this number it can be drawn again. */
  readonly body: number;
  readonly what: string;
  readonly times: number;
}

export interface Slow {
  readonly body: number;
  readonly bytes: number;
  readonly ms: number;
  readonly end: string;
}

export interface FuzzReport {
  readonly bodies: number;
  readonly bytes: number;
  readonly cpuSeconds: number;
  /** How many ended in which way, such as `api 202`. */
  readonly ends: Readonly<Record<string, number>>;
  readonly slowest: readonly Slow[];
  readonly peakHeapMb: number;
  /** The least heap in each tenth of the run: it must not grow. */
  readonly heapMb: readonly number[];
  readonly findings: readonly Finding[];
  /** Of the last body. */
  readonly text: string;
}

export async function runFuzz({ from, bodies, limitMs, onProgress }: FuzzOptions): Promise<FuzzReport> {
  let body = from;
  const figures = createFigures(bodies);
  const find = (what: string): void => figures.find(body, what);
  const outside = createOutside(find);
  const doors: readonly [Door, ...Door[]] = [apiDoor, await createWebhookDoor(), queueDoor];
  for (; body < from + bodies; body += 1) {
    const random = createRandom(Math.imul(body, 0x9e3779b1) ^ (body >>> 16));
    outside.clear();
    const before = process.threadCpuUsage();
    const ended = await knock(random.pick(doors), { random, outside, find });
    const ms = Math.round(secondsSince(before) * 1_000);
    if (limitMs !== undefined && ms > limitMs) find(`takes ${ms} ms of CPU time`);
    figures.add({ body, ms, ...ended });
    if ((body - from) % 10_000 === 9_999) onProgress?.(figures.report());
  }
  return figures.report();
}

async function knock(door: Door, parts: Knock): Promise<Ended> {
  try {
    return await door(parts);
  } catch (error) {
    const place = error instanceof Error ? (error.stack ?? '').split('\n').slice(0, 12).join(' | ') : '';
    parts.find(`throws ${place}`);
    return { bytes: 0, end: 'thrown', text: '' };
  }
}

const keptSlow = 5;

function createFigures(expected: number) {
  const found = new Map<string, Finding>();
  const ends: Record<string, number> = {};
  const heapMb: number[] = [];
  const start = process.threadCpuUsage();
  let slowest: readonly Slow[] = [];
  let [bodies, bytes, peakHeapMb, text] = [0, 0, 0, ''];
  return {
    find: (body: number, what: string): void => {
      const kind = what.replaceAll(/\d+/g, 'N');
      const known = found.get(kind) ?? { body, what, times: 0 };
      found.set(kind, { ...known, times: known.times + 1 });
    },
    add: ({ text: its, ...ended }: Slow & Ended): void => {
      text = its;
      bytes += ended.bytes;
      ends[ended.end] = (ends[ended.end] ?? 0) + 1;
      if (ended.ms > (slowest[keptSlow - 1]?.ms ?? 0))
        slowest = [...slowest, ended].sort((a, b) => b.ms - a.ms).slice(0, keptSlow);
      if (bodies % 64 === 0) {
        const heap = Math.round(process.memoryUsage().heapUsed / 1_048_576);
        const tenth = Math.floor((bodies / expected) * 10);
        peakHeapMb = Math.max(peakHeapMb, heap);
        heapMb[tenth] = Math.min(heapMb[tenth] ?? heap, heap);
      }
      bodies += 1;
    },
    report: (): FuzzReport => {
      const findings = [...found.values()];
      return {
        bodies,
        bytes,
        cpuSeconds: secondsSince(start),
        ends,
        slowest,
        peakHeapMb,
        heapMb,
        findings,
        text,
      };
    },
  };
}

function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1_000_000;
}
