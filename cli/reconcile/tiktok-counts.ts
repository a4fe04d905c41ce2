/**
 * Reads TikTok's own counts of a pixel: `/pixel/list/` gives the id of a pixel code, and `/pixel/event/stats/` the counts of
 * a UTC day. Both need an ad account, and the scope Pixel Level Reporting.
 */
import * as z from 'zod/mini';
import { parseJson } from '../../lib/schema/parse-json.ts';
import type { TikTokClient, TikTokReply } from '../../lib/tiktok/client.ts';
import { isTokenCode } from '../../lib/tiktok/codes.ts';
import { readPixelEventType } from '../../lib/tiktok/pixel-event-types.ts';
import type { TikTokCount } from './compare.ts';

export interface PixelAccess {
  readonly tiktok: TikTokClient;
  readonly accessToken: string;
  readonly advertiserIds: readonly string[];
  readonly pixelCode: string;
}

/** Why there are no counts. */
export type CountsFailure =
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'token'; readonly code: number }
  | { readonly kind: 'permission' }
  | { readonly kind: 'no_pixel' }
  | { readonly kind: 'answer'; readonly reason: string };

export type CountsResult = { readonly counts: readonly TikTokCount[] } | { readonly failure: CountsFailure };

/** @param days UTC days. TikTok's answer does not separate days, so each day needs its own call. */
export async function readCounts(
  access: PixelAccess,
  days: readonly string[],
  signal: AbortSignal,
): Promise<CountsResult> {
  const found = await findPixel(access);
  if ('failure' in found) return found;
  const counts: TikTokCount[] = [];
  for (const day of days) {
    if (signal.aborted) break;
    const read = await readDay(access, found, day);
    if ('failure' in read) return read;
    counts.push(...read.counts);
  }
  return { counts };
}

interface Pixel {
  readonly advertiserId: string;
  readonly pixelId: string;
}

type Failed = { readonly failure: CountsFailure };

/** Asks each ad account of the token for the pixel. A token can have accounts without the right to look. */
async function findPixel(access: PixelAccess): Promise<Pixel | Failed> {
  let failed: Failed = { failure: { kind: 'no_pixel' } };
  for (const advertiserId of access.advertiserIds) {
    const query = { advertiser_id: advertiserId, code: access.pixelCode };
    const answer = await call(access, 'list', query, pixelsSchema);
    if ('data' in answer) {
      const [pixel] = answer.data.pixels;
      if (pixel !== undefined) return { advertiserId, pixelId: String(pixel.pixel_id) };
    } else if (answer.failure.kind === 'permission') failed = answer;
    else return answer;
  }
  return failed;
}

async function readDay(access: PixelAccess, { advertiserId, pixelId }: Pixel, day: string) {
  const query = {
    advertiser_id: advertiserId,
    pixel_ids: JSON.stringify([pixelId]),
    date_range: JSON.stringify({ start_date: day, end_date: day }),
  };
  const answer = await call(access, 'event/stats', query, statsSchema);
  if ('failure' in answer) return answer;
  const counts = answer.data.list.flatMap(({ statistics }) =>
    (statistics ?? []).map((one) => toCount(one, day)),
  );
  return { counts };
}

// Several public readers of this answer found numbers as text, and null for what there is not.
const count = z.nullish(z.union([z.number(), z.string()]));

const statisticSchema = z.object({
  pixel_event_type: z.nullish(z.string()),
  custom_event_type: z.nullish(z.string()),
  browser_event_total_count: count,
  server_event_total_count: count,
});

const statsSchema = z.object({
  list: z.array(z.object({ statistics: z.nullish(z.array(statisticSchema)) })),
});

const pixelsSchema = z.object({
  pixels: z.array(z.object({ pixel_id: z.union([z.string(), z.number()]) })),
});

function toCount(one: z.infer<typeof statisticSchema>, day: string): TikTokCount {
  const custom = one.custom_event_type ?? '';
  return {
    day,
    type: custom === '' ? readPixelEventType(one.pixel_event_type || 'unknown') : custom,
    isCustom: custom !== '',
    server: numberOf(one.server_event_total_count),
    browser: numberOf(one.browser_event_total_count),
  };
}

const numberOf = (value: unknown): number => {
  const number = Number(value ?? 0);
  return Number.isFinite(number) && number > 0 ? number : 0;
};

async function call<Data>(
  { tiktok, accessToken }: PixelAccess,
  endpoint: string,
  query: Readonly<Record<string, string>>,
  schema: z.ZodMiniType<Data>,
): Promise<{ readonly data: Data } | Failed> {
  const path = `/open_api/v1.3/pixel/${endpoint}/?${new URLSearchParams(query)}`;
  const reply = await tiktok({ method: 'GET', path, accessToken });
  const failure = failureOf(reply);
  if (failure !== undefined) return { failure };
  const envelope = z.object({ data: schema }).safeParse(parseJson(reply.text ?? ''));
  return envelope.success
    ? { data: envelope.data.data }
    : { failure: { kind: 'answer', reason: 'an answer in another form' } };
}

function failureOf(reply: TikTokReply): CountsFailure | undefined {
  if (reply.kind === 'failure') return { kind: 'unreachable', reason: reply.reason };
  const { code, status } = reply;
  if (code === 0) return undefined;
  if (code === undefined) return { kind: 'unreachable', reason: `HTTP ${status}` };
  if (isTokenCode(code)) return { kind: 'token', code };
  return code === 40001 ? { kind: 'permission' } : { kind: 'answer', reason: `code ${code}` };
}
