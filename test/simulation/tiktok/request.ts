/** Reads a call to TikTok and checks it as the sandbox does: the product may send nothing that is malformed. */
import { trackPath } from '../../../lib/tiktok/client.ts';
import { checkBody } from '../../../local/tiktok-sandbox/track/check-request.ts';
import { Breach } from '../breach.ts';
import { type Flaw, readMark } from '../marks.ts';

/** What the product promises TikTok, whatever its code says: `lib/tiktok/track-request.ts`. */
const maxEventsPerCall = 50;
const maxCallBytes = 1_000_000;

export interface TrackCall {
  readonly token: string | undefined;
  readonly pixel: string;
  readonly testCode: string | undefined;
  readonly bytes: number;
  readonly events: readonly TrackedEvent[];
}

export interface TrackedEvent {
  readonly key: string;
  readonly id: string;
  /** TikTok counts one event of a pixel, a name and an id in 48 hours. */
  readonly identity: string;
  readonly flaw: Flaw;
}

/**
 * @param pixels destination names by pixel code
 * @throws Breach for a call that no version of the product may make
 */
export function readCall(url: string, init: RequestInit, pixels: ReadonlyMap<string, string>): TrackCall {
  const { method, headers, body } = init;
  if (method !== 'POST' || !url.endsWith(trackPath)) throw malformed(`${method} ${url}`);
  const sent = new Headers(headers);
  if (sent.get('content-type') !== 'application/json') throw malformed('no content-type application/json');
  if (typeof body !== 'string') throw malformed('no text as its body');
  const bytes = Buffer.byteLength(body);
  if (bytes > maxCallBytes) throw malformed(`${bytes} bytes`);
  const { event_source_id: pixel, test_event_code: testCode, data } = decode(body, pixels);
  const destination = pixels.get(pixel);
  return {
    token: sent.get('access-token') ?? undefined,
    pixel,
    testCode,
    bytes,
    events: data.map((event, index) => readEvent(event, index, pixel, destination)),
  };
}

/** The members that matter here, of a body that the sandbox found valid. */
interface TrackBody {
  readonly event_source_id: string;
  readonly test_event_code?: string;
  readonly data: readonly TrackData[];
}

interface TrackData {
  readonly event: string;
  readonly event_id?: string;
  readonly properties?: {
    readonly order_id?: string;
    readonly description?: string;
    readonly contents?: readonly { readonly content_name?: string }[];
  };
}

function decode(text: string, pixels: ReadonlyMap<string, string>): TrackBody {
  const body: unknown = JSON.parse(text);
  const { code, message } = checkBody(body, new Set(pixels.keys()));
  if (code !== 0) throw malformed(`code ${code}, ${message}`);
  const decoded = body as TrackBody;
  if (decoded.data.length > maxEventsPerCall) throw malformed(`${decoded.data.length} events`);
  return decoded;
}

function readEvent(
  { event: name, event_id: id, properties = {} }: TrackData,
  index: number,
  pixel: string,
  destination: string | undefined,
): TrackedEvent {
  const { order_id: key, description, contents } = properties;
  if (id === undefined) throw malformed(`no event_id at ${index}`);
  if (key === undefined) throw malformed(`no order_id at ${index}`);
  const mark = readMark(description ?? contents?.[0]?.content_name);
  if (mark === undefined) throw malformed(`no mark in ${key}`);
  if (mark.destination !== destination)
    throw malformed(`${key} is for ${mark.destination}, and went to the pixel of ${destination}`);
  return { key, id, identity: `${pixel} ${name} ${id}`, flaw: mark.flaw };
}

const malformed = (what: string): Breach => new Breach(`malformed call to TikTok: ${what}`);
