/** Checks a whole `event/track` request (header, body and events) with TikTok's codes. Pure. */
import { isObject } from '../../../lib/schema/is-object.ts';
import { checkEvent, eventSources } from './check-event.ts';

/** TikTok's answer: `code` 0 is success; all other codes are sent under HTTP 200 too. */
export interface Verdict {
  readonly code: number;
  readonly message: string;
}

/** The parts of a valid body that deduplication and faults use. */
export interface TrackBody {
  readonly event_source: string;
  readonly event_source_id: string;
  readonly test_event_code?: string;
  readonly data: { event: string; event_id?: string }[];
}

export const ok: Verdict = { code: 0, message: 'OK' };
const maxEvents = 1000;
const topLevel = new Set(['event_source', 'event_source_id', 'data', 'test_event_code', 'partner_name']);

/** The Events API answers 40104 without a token and 40105 with a wrong or revoked one. */
export function checkToken(token: string | undefined, accepted: ReadonlySet<string>): Verdict | undefined {
  if (!token) {
    const message = 'Access token is null, you should set it in http header with key Access-Token.';
    return { code: 40104, message };
  }
  if (accepted.has(token)) return undefined;
  return { code: 40105, message: 'Access token is incorrect or has been revoked' };
}

export function checkBody(body: unknown, pixels: ReadonlySet<string>): Verdict {
  if (!isObject(body)) return wrong('Invalid request body: not a valid JSON object.');
  const refused = checkText(body) ?? checkSource(body, pixels);
  return refused ?? checkData(body.data, String(body.event_source)) ?? ok;
}

const wrong = (message: string): Verdict => ({ code: 40002, message });

function checkText(body: Record<string, unknown>): Verdict | undefined {
  const unknown = Object.keys(body).find((name) => !topLevel.has(name));
  if (unknown) return wrong(`${unknown}: Unknown field`);
  for (const field of ['test_event_code', 'partner_name']) {
    const value = body[field];
    if (value !== undefined && (typeof value !== 'string' || value === '')) {
      return wrong(`Invalid value for ${field}: not a valid string.`);
    }
  }
  return undefined;
}

function checkSource(body: Record<string, unknown>, pixels: ReadonlySet<string>): Verdict | undefined {
  const { event_source: source, event_source_id: id } = body;
  if (!eventSources.has(source)) {
    return wrong(`Invalid value for event_source: must be one of ${[...eventSources].join(', ')}.`);
  }
  if (typeof id !== 'string' || id === '') {
    return wrong('Invalid value for event_source_id: not a valid string.');
  }
  if (pixels.has(id)) return undefined;
  const advice = 'You must be an admin or operator of this advertiser account.';
  return { code: 40001, message: `No permission to operate pixel code: ${id}. ${advice}` };
}

/** TikTok refuses the whole request for its first invalid event and names only that one. */
function checkData(data: unknown, eventSource: string): Verdict | undefined {
  if (!Array.isArray(data) || data.length === 0) return wrong('Invalid value for data: not a valid list.');
  if (data.length > maxEvents)
    return wrong(`Invalid value for data: longer than maximum length ${maxEvents}.`);
  for (const [index, event] of data.entries()) {
    const message = checkEvent(event, eventSource, index);
    if (message) return wrong(message);
  }
  return undefined;
}
