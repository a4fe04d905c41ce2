/**
 * Remembers what left the pages of the demo shop: the copies of TikTok's pixel and those of the collector. It judges whether
 * TikTok counts a pair once. On this machine only: a deployed gateway never sees the pixel's copy.
 */
import { fingerprint } from '../../lib/privacy/sha256.ts';
import { isObject } from '../../lib/schema/is-object.ts';
import { parseJson } from '../../lib/schema/parse-json.ts';

export interface Copy {
  readonly name: string;
  /** As text; empty when the pixel's event has none. */
  readonly id: string;
  readonly atMs: number;
}

/** What a page sent under one name and one id. */
export interface SeenEvent {
  readonly name: string;
  readonly id: string;
  readonly pixelMs?: number;
  readonly gatewayMs?: number;
}

export interface CopyMemory {
  /** @param body what the pixel posts: JSON with `event` and `event_id` */
  pixelSent(body: unknown): void;
  /** @param body what the page posts to `/v1/collect`: the script's compact form, or `{"events":[…]}` */
  pageSent(body: string): void;
  /** @returns the last events, newest first */
  list(): SeenEvent[];
  /** @returns the copies of the pixel whose id has this fingerprint, oldest first */
  pixelCopies(eventFingerprint: string): readonly Copy[];
}

/** TikTok counts two events with the same name and id once when they come within 48 hours of each other. */
export const mergeMs = 48 * 3_600_000;

const maxCopies = 2_000;
const maxListed = 100;

/** @param now Unix milliseconds */
export function createCopyMemory(now: () => number = Date.now): CopyMemory {
  const pixel: Copy[] = [];
  const gateway: Copy[] = [];

  const add = (copies: Copy[], name: unknown, id: unknown): void => {
    if (typeof name !== 'string') return;
    copies.push({
      name,
      id: typeof id === 'number' ? String(id) : typeof id === 'string' ? id : '',
      atMs: now(),
    });
    if (copies.length > maxCopies) copies.shift();
  };

  return {
    pixelSent: (body) => {
      if (isObject(body)) add(pixel, body.event, body.event_id);
    },
    pageSent: (body) => {
      for (const { name, id } of eventsOf(parseJson(body))) add(gateway, name, id);
    },
    list: () => pairs(pixel, gateway).slice(0, maxListed),
    pixelCopies: (event) => pixel.filter(({ id }) => id !== '' && fingerprint(id) === event),
  };
}

function eventsOf(post: unknown): { name: unknown; id: unknown }[] {
  if (!isObject(post)) return [];
  const own = Array.isArray(post.events) ? post.events : [];
  const compact = Array.isArray(post.e) ? post.e : [];
  return [
    ...compact.filter(isObject).map(({ n, i }) => ({ name: n, id: i })),
    ...own.filter(isObject).map(({ event_name, event_id }) => ({ name: event_name, id: event_id })),
  ];
}

/** Copies with the same name and id are one event; an event without an id is one of its own. */
function pairs(pixel: readonly Copy[], gateway: readonly Copy[]): SeenEvent[] {
  const seen = new Map<string, SeenEvent>();
  const put = (copies: readonly Copy[], field: 'pixelMs' | 'gatewayMs') => {
    for (const [index, { name, id, atMs }] of copies.entries()) {
      const key = id === '' ? `${field} ${index}` : JSON.stringify([name, id]);
      seen.set(key, { [field]: atMs, ...(seen.get(key) ?? { name, id }) });
    }
  };
  put(pixel, 'pixelMs');
  put(gateway, 'gatewayMs');
  return [...seen.values()].sort((one, other) => startOf(other) - startOf(one));
}

const startOf = ({ pixelMs, gatewayMs }: SeenEvent): number =>
  Math.min(pixelMs ?? Number.POSITIVE_INFINITY, gatewayMs ?? Number.POSITIVE_INFINITY);
