/**
 * Remembers what left the pages of the demo shop: the copies of TikTok's pixel and those of the collector. It judges whether
 * TikTok counts a pair once. On this machine only: a deployed gateway never sees the pixel's copy.
 */
import { readPost } from '../../lib/collect/post/read-post.ts';
import type { ReceivedLine } from '../../lib/journal/line.ts';
import { parseLine } from '../../lib/journal/parse-line.ts';
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
  /** Why the gateway's copy goes no further, such as `no_consent`. */
  readonly skipped?: string | undefined;
}

export interface CopyMemory {
  /** @param body what the pixel posts: JSON with `event` and `event_id` */
  pixelSent(body: unknown): void;
  /**
   * @param body what the page posts to `/v1/collect`: the script's compact form, or events in the form of the API
   * @param trace of the request; the function's log line has it
   */
  pageSent(body: string, trace: string): void;
  /** @param line a log line of any function: that of a post says which of its events were skipped */
  logged(line: string): void;
  /** @returns the last events, newest first */
  list(): SeenEvent[];
  /** @returns the copies of the pixel whose id has this fingerprint, oldest first */
  pixelCopies(eventFingerprint: string): readonly Copy[];
}

/** TikTok counts two events with the same name and id once when they come within 48 hours of each other. */
export const mergeMs = 48 * 3_600_000;

const maxCopies = 2_000;
const maxListed = 100;
/** Posts whose log line has not come yet: two run at once, and others wait for their turn. */
const maxOpen = 1_000;

/** @param now Unix milliseconds */
export function createCopyMemory(now: () => number = Date.now): CopyMemory {
  const pixel: Copy[] = [];
  const gateway: Copy[] = [];
  const reasons = new WeakMap<Copy, string>();
  /** The copies of each post by its trace, at their places in the post. */
  const open = new Map<string, readonly (Copy | undefined)[]>();

  const add = (copies: Copy[], name: unknown, id: unknown): Copy | undefined => {
    if (typeof name !== 'string') return undefined;
    const text = typeof id === 'number' ? String(id) : typeof id === 'string' ? id : '';
    const copy: Copy = { name, id: text, atMs: now() };
    copies.push(copy);
    if (copies.length > maxCopies) copies.shift();
    return copy;
  };

  return {
    pixelSent: (body) => {
      if (isObject(body)) add(pixel, body.event, body.event_id);
    },
    pageSent: (body, trace) => {
      const added = eventsOf(body).map((input) => add(gateway, input.event_name, input.event_id));
      open.set(trace, added);
      if (open.size > maxOpen) open.delete(open.keys().next().value ?? '');
    },
    logged: (text) => {
      const line = text.includes('"events collected"') ? parseLine(text) : undefined;
      if (line?.kind !== 'received') return;
      const [trace = ''] = line.traces;
      for (const [index, copy] of (open.get(trace) ?? []).entries()) {
        const reason = reasonIn(line, index);
        if (copy !== undefined && reason !== undefined) reasons.set(copy, reason);
      }
      open.delete(trace);
    },
    list: () => pairs(pixel, gateway, reasons).slice(0, maxListed),
    pixelCopies: (event) => pixel.filter(({ id }) => id !== '' && fingerprint(id) === event),
  };
}

/** A line without events is about the whole post, such as one of a foreign page. */
const reasonIn = ({ events, reason }: ReceivedLine, index: number): string | undefined =>
  events.length === 0 ? reason : events[index]?.errors[0]?.replace(/^:/, '');

/** @returns the inputs of the events, each at its place; none of a body that the function cannot read */
function eventsOf(body: string): Readonly<Record<string, unknown>>[] {
  try {
    const post = readPost(parseJson(body));
    return (post?.events ?? []).map(({ input }) => (isObject(input) ? input : {}));
  } catch {
    // More than 20 events: the function takes none of them.
    return [];
  }
}

/** Copies with the same name and id are one event; an event without an id is one of its own. */
function pairs(
  pixel: readonly Copy[],
  gateway: readonly Copy[],
  reasons: Pick<WeakMap<Copy, string>, 'get'>,
): SeenEvent[] {
  const seen = new Map<string, SeenEvent>();
  const put = (copies: readonly Copy[], field: 'pixelMs' | 'gatewayMs') => {
    for (const [index, copy] of copies.entries()) {
      const { name, id, atMs } = copy;
      const key = id === '' ? `${field} ${index}` : JSON.stringify([name, id]);
      // Sent again, the last word counts: the script repeats what was not queued.
      const { skipped: _, ...known } = seen.get(key) ?? { name, id };
      const skipped = reasons.get(copy);
      seen.set(key, { [field]: atMs, ...known, ...(skipped !== undefined && { skipped }) });
    }
  };
  put(pixel, 'pixelMs');
  put(gateway, 'gatewayMs');
  return [...seen.values()].sort((one, other) => startOf(other) - startOf(one));
}

const startOf = ({ pixelMs, gatewayMs }: SeenEvent): number =>
  Math.min(pixelMs ?? Number.POSITIVE_INFINITY, gatewayMs ?? Number.POSITIVE_INFINITY);
