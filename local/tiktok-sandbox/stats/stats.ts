/** `GET /pixel/event/stats/` and `GET /pixel/list/`: TikTok's own counts of the events of a pixel, and the ids they need. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sha256 } from '../../../lib/privacy/sha256.ts';
import { pixelEventType } from '../../../lib/tiktok/pixel-event-types.ts';
import type { FaultList } from '../faults/fault-list.ts';
import { showEarlyFault, showVerdict } from '../faults/show-fault.ts';
import type { Advertiser, Grants } from '../oauth/grants.ts';
import { checkToken, ok, type Verdict } from '../track/check-request.ts';
import { writeAnswer } from '../write-answer.ts';
import {
  checkAdvertiser,
  checkNames,
  isVerdict,
  readDateRange,
  readPage,
  readPixelIds,
} from './check-query.ts';
import type { EventCounts } from './event-counts.ts';
import { type ShownEvent, shownCounts } from './shown-counts.ts';

export interface StatsState {
  readonly advertisers: readonly Advertiser[];
  readonly tokens: ReadonlySet<string>;
  readonly pixels: ReadonlySet<string>;
  readonly grants: Pick<Grants, 'mayReadPixels'>;
  readonly faults: FaultList;
  readonly counts: EventCounts;
  readonly now: () => number;
}

type Endpoint = (request: IncomingMessage, response: ServerResponse, state: StatsState) => Promise<void>;
type Reply = Verdict & { readonly data?: string };

export const statsEndpoints: ReadonlyMap<string, Endpoint> = new Map([
  ['GET /open_api/v1.3/pixel/event/stats/', endpoint(countEvents)],
  ['GET /open_api/v1.3/pixel/list/', endpoint(listPixels)],
]);

/** TikTok's ids are numbers of 19 digits and are sent as text. */
export const pixelIdOf = (code: string): string =>
  `7${BigInt(`0x${sha256(code).slice(0, 14)}`)
    .toString()
    .padStart(18, '0')
    .slice(0, 18)}`;

function endpoint(reply: (query: URLSearchParams, state: StatsState) => Reply): Endpoint {
  return async (request, response, state) => {
    const token = request.headers['access-token']?.toString();
    const { delayMs, fault } = state.faults.take({ on: 'stats', token, eventIds: [], bytes: 0 });
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (fault && showEarlyFault(fault, request, response)) return;
    const accepted = fault?.kind === 'revoke_token' ? new Set<string>() : state.tokens;
    const query = new URL(request.url ?? '/', 'http://sandbox').searchParams;
    const refused = checkToken(token, accepted) ?? checkScope(token ?? '', state);
    const { data, ...verdict }: Reply = refused ?? reply(query, state);
    if (fault) showVerdict(verdict, fault, request, response);
    else writeAnswer(response, verdict, data);
  };
}

/** A token without the scope is a valid token: TikTok refuses the call, not the token. */
const checkScope = (token: string, { grants }: StatsState): Reply | undefined =>
  grants.mayReadPixels(token)
    ? undefined
    : { code: 40001, message: 'No permission: the scope Pixel Management is not granted to this token.' };

const idsOf = ({ advertisers }: StatsState): string[] => advertisers.map(({ advertiser_id: id }) => id);

function countEvents(query: URLSearchParams, state: StatsState): Reply {
  const refused =
    checkNames(query, ['advertiser_id', 'pixel_ids', 'date_range']) ?? checkAdvertiser(query, idsOf(state));
  if (refused) return refused;
  const [ids, range] = [readPixelIds(query), readDateRange(query)];
  if (isVerdict(ids)) return ids;
  if (isVerdict(range)) return range;
  const codes = new Map([...state.pixels].map((code) => [pixelIdOf(code), code]));
  const foreign = ids.find((id) => !codes.has(id));
  if (foreign !== undefined)
    return { code: 40001, message: `No permission to operate pixel id: ${foreign}.` };
  const list = ids.map((id) => {
    const code = codes.get(id) ?? '';
    const hours = state.counts.list().filter(({ pixel }) => pixel === code);
    const faults = state.faults.takeStats(code);
    return {
      pixel_id: id,
      statistics: toStatistics(shownCounts(hours, { range, faults, nowMs: state.now() })),
    };
  });
  return { ...ok, data: JSON.stringify({ list }) };
}

/** Events with names of one type are one entry. */
function toStatistics(events: readonly ShownEvent[]) {
  const byType = Map.groupBy(events, ({ event }) => pixelEventType(event) ?? `custom ${event}`);
  return [...byType.values()].map((same) => {
    const name = same[0]?.event ?? '';
    const type = pixelEventType(name);
    const total = (count: keyof Omit<ShownEvent, 'event'>) =>
      same.reduce((sum, each) => sum + each[count], 0);
    return {
      ...(type === undefined ? { custom_event_type: name } : { pixel_event_type: type }),
      attributed_count: total('attributed'),
      preview_count: total('preview'),
      total_count: total('browser') + total('server'),
      browser_event_total_count: total('browser'),
      server_event_total_count: total('server'),
    };
  });
}

function listPixels(query: URLSearchParams, state: StatsState): Reply {
  const refused =
    checkNames(query, ['advertiser_id', 'code', 'pixel_id', 'name', 'order_by', 'page', 'page_size']) ??
    checkAdvertiser(query, idsOf(state));
  if (refused) return refused;
  const paging = readPage(query);
  if (isVerdict(paging)) return paging;
  const { page, size } = paging;
  const found = [...state.pixels]
    .map((code) => ({ pixel_id: pixelIdOf(code), pixel_code: code, pixel_name: code }))
    .filter((pixel) => [null, pixel.pixel_code].includes(query.get('code')))
    .filter((pixel) => [null, pixel.pixel_id].includes(query.get('pixel_id')));
  const pixels = found.slice((page - 1) * size, page * size);
  const page_info = {
    page,
    page_size: size,
    total_number: found.length,
    total_page: Math.ceil(found.length / size),
  };
  return { ...ok, data: JSON.stringify({ pixels, page_info }) };
}
