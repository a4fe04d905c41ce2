/** `POST /open_api/v1.3/event/track/`: reads a request, applies faults, checks it as TikTok does, and logs it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { discardBody, readBody } from '../../api-gateway/read-body.ts';
import type { FaultList } from '../faults/fault-list.ts';
import type { Fault } from '../faults/faults.ts';
import { type Shown, showEarlyFault, showVerdict } from '../faults/show-fault.ts';
import { maskHeaders, type RequestLog } from '../request-log.ts';
import type { EventCounts } from '../stats/event-counts.ts';
import { writeText } from '../write-answer.ts';
import { checkBody, checkToken, ok, type TrackBody, type Verdict } from './check-request.ts';
import type { Deduplication } from './deduplication.ts';

export interface TrackState {
  /** Valid tokens, and the event source ids they may send events to. */
  readonly tokens: ReadonlySet<string>;
  readonly pixels: ReadonlySet<string>;
  readonly faults: FaultList;
  readonly deduplication: Deduplication;
  readonly counts: EventCounts;
  readonly now: () => number;
  readonly log: RequestLog;
  readonly onAccepted?: OnAccepted;
  readonly onReceived?: OnReceived;
}

/** Called with every accepted event, even when the client never gets the answer. */
export type OnAccepted = (sourceId: string, events: TrackBody['data']) => void;

/** Called with the events of every request, also of one that is refused or stalls. */
export type OnReceived = (events: readonly unknown[]) => void;

export const trackPath = '/open_api/v1.3/event/track/';
/** TikTok documents no limit; this one protects the memory of this process. */
const maxBodyBytes = 8 * 1024 * 1024;
const jsonType = /^application\/json\s*(;|$)/i;

interface Received {
  readonly token: string | undefined;
  readonly bytes: number;
  readonly isJson: boolean;
  /** The parsed body, or the text when it is not JSON. */
  readonly body: unknown;
}

export async function answerTrack(
  request: IncomingMessage,
  response: ServerResponse,
  state: TrackState,
): Promise<void> {
  const at = new Date().toISOString();
  const bytes = await readBody(request, maxBodyBytes);
  if (bytes === 'too-large') {
    discardBody(request);
    return writeText(response, 413, 'plain', 'Request Entity Too Large');
  }
  const received = parse(bytes, request);
  const { pixel, events } = peek(received.body);
  state.onReceived?.(events);
  const eventIds = events.map((event) => String(event.event_id ?? ''));
  const target = { on: 'track', pixel, token: received.token, eventIds, bytes: received.bytes } as const;
  const { delayMs, fault } = state.faults.take(target);
  if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  let duplicates = 0;
  let shown: Shown | undefined = fault && showEarlyFault(fault, request, response);
  if (!shown) {
    const settled = settle(received, fault, state);
    duplicates = settled.duplicates;
    shown = showVerdict(settled.verdict, fault, request, response);
  }
  state.log.add({
    at,
    method: request.method ?? 'POST',
    path: trackPath,
    ...shown,
    events: events.length,
    duplicates,
    bytes: received.bytes,
    ...(fault ? { fault: fault.kind } : delayMs > 0 ? { fault: 'slow' } : {}),
    headers: maskHeaders(request.headers),
    body: received.body,
  });
}

function parse(body: Buffer, request: IncomingMessage): Received {
  const token = request.headers['access-token'];
  const text = body.toString('utf8');
  const received = { token: Array.isArray(token) ? token.join() : token, bytes: body.length };
  try {
    const isJson = jsonType.test(request.headers['content-type'] ?? '');
    return { ...received, body: JSON.parse(text), isJson };
  } catch {
    return { ...received, body: text, isJson: false };
  }
}

/** Reads the pixel and the events of a body that has not been checked yet. */
function peek(body: unknown): { pixel: string | undefined; events: { event_id?: unknown }[] } {
  const { event_source_id: pixel, data } = (body ?? {}) as Record<string, unknown>;
  const events = Array.isArray(data) ? data.map((event) => (event ?? {}) as { event_id?: unknown }) : [];
  return { pixel: typeof pixel === 'string' ? pixel : undefined, events };
}

function judge(received: Received, fault: Fault | undefined, state: TrackState): Verdict {
  const accepted = fault?.kind === 'revoke_token' ? new Set<string>() : state.tokens;
  const refused = checkToken(received.token, accepted);
  if (refused) return refused;
  if (!received.isJson) {
    return { code: 40002, message: 'Invalid request body: expected application/json.' };
  }
  const verdict = checkBody(received.body, state.pixels);
  if (verdict.code !== 0 || fault?.kind !== 'poison') return verdict;
  const { events } = peek(received.body);
  const index = events.findIndex((event) => String(event.event_id).includes(fault.match));
  const message = fault.index
    ? `Batch.${index}.event_id: Not a valid string`
    : 'Invalid value for event_id: not a valid string.';
  return { code: fault.code, message };
}

/** @returns the verdict, and the number of duplicates among the accepted events */
function settle(received: Received, fault: Fault | undefined, state: TrackState) {
  const verdict = judge(received, fault, state);
  if (verdict.code !== 0) return { verdict, duplicates: 0 };
  const { event_source_id: source, data, ...call } = received.body as TrackBody;
  const first = state.deduplication.firstCopies(source, data);
  // TikTok counts web events only, and none of its Test Events page.
  if (call.event_source === 'web' && call.test_event_code === undefined)
    for (const { event } of first) state.counts.add(source, event, state.now(), { server: 1 });
  const duplicates = data.length - first.length;
  state.onAccepted?.(source, data);
  const partial = { code: 20001, message: 'Partial success' };
  return { verdict: fault?.kind === 'partial' ? partial : ok, duplicates };
}
