/** Asks TikTok for the counts of each web pixel of a stage. Destinations of one pixel are one, as they are for TikTok. */
import type { Destination, Destinations } from '../../lib/events/destination.ts';
import { destinationSecretName } from '../../lib/secrets/names.ts';
import { MalformedSecretError } from '../../lib/secrets/secret-values.ts';
import type { DoctorContext } from '../doctor/context.ts';
import { isDenied } from '../errors/denied.ts';
import type { CoverageSum } from '../journal/journal.ts';
import { type Comparison, compareCounts } from './compare.ts';
import { type AccessFailure, type FailureText, failureText } from './failure-text.ts';
import { type CountsResult, type PixelAccess, readCounts } from './tiktok-counts.ts';

/** A pixel and the destinations that send to it. */
export interface PixelReport {
  readonly pixel: string;
  readonly destinations: readonly string[];
  readonly comparisons: readonly Comparison[];
  /** Why there are no comparisons. */
  readonly problem?: FailureText;
  /** A reason that is no problem: TikTok counts nothing here. */
  readonly skipped?: string;
}

export interface PixelDays {
  /** UTC days, oldest first. */
  readonly days: readonly string[];
  readonly isFinal: (day: string) => boolean;
}

export async function comparePixels(
  context: Pick<DoctorContext, 'stage' | 'token' | 'tiktok' | 'signal'>,
  destinations: Destinations,
  coverage: readonly CoverageSum[],
  days: PixelDays,
): Promise<PixelReport[]> {
  const pixels = Map.groupBy(Object.entries(destinations), ([, { eventSource, pixelCode, testEventCode }]) =>
    JSON.stringify([eventSource, pixelCode, testEventCode !== undefined]),
  );
  const reports: PixelReport[] = [];
  for (const group of pixels.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const names = group.map(([name]) => name);
    const base = { pixel: first[1].pixelCode, destinations: names, comparisons: [] };
    const skipped = whyNotCounted(first[1]);
    if (skipped === undefined)
      reports.push({ ...base, ...(await comparePixel(context, first, names, coverage, days)) });
    else reports.push({ ...base, skipped });
  }
  return reports;
}

function whyNotCounted({ eventSource, testEventCode }: Destination): string | undefined {
  if (eventSource !== 'web')
    return `TikTok publishes counts of web pixels only, and this is an ${eventSource} set.`;
  if (testEventCode === undefined) return undefined;
  return 'Its events go to the Test Events page (testEventCode), and TikTok does not count them.';
}

type Context = Parameters<typeof comparePixels>[0];

async function comparePixel(
  context: Context,
  [name, { pixelCode }]: readonly [string, Destination],
  names: readonly string[],
  coverage: readonly CoverageSum[],
  { days, isFinal }: PixelDays,
): Promise<Pick<PixelReport, 'comparisons' | 'problem'>> {
  const access = await accessOf(context, name, pixelCode);
  const read: CountsResult | { readonly failure: AccessFailure } =
    'failure' in access ? access : await readCounts(access, days, context.signal);
  if ('failure' in read)
    return { comparisons: [], problem: failureText(read.failure, context.stage.name, name) };
  const own = coverage
    .filter(({ destination, day }) => names.includes(destination) && days.includes(day))
    .map(({ day, name: event, counts }) => ({
      day,
      name: event,
      events: (counts.events ?? 0) - (counts.test ?? 0),
    }))
    .filter(({ events }) => events > 0);
  return { comparisons: compareCounts(own, read.counts, isFinal) };
}

async function accessOf(
  { stage, token, tiktok }: Context,
  destination: string,
  pixelCode: string,
): Promise<PixelAccess | { readonly failure: AccessFailure }> {
  try {
    const found = await token(destination);
    if (found === undefined) return { failure: { kind: 'not_connected' } };
    const { access_token: accessToken, advertiser_ids: advertiserIds = [] } = found;
    if (advertiserIds.length === 0) return { failure: { kind: 'no_ad_account' } };
    return { tiktok: await tiktok(destination), accessToken, advertiserIds, pixelCode };
  } catch (error) {
    if (error instanceof MalformedSecretError) return { failure: { kind: 'malformed' } };
    const secret = destinationSecretName(stage.secretsPrefix, destination);
    if (isDenied(error)) return { failure: { kind: 'denied', secret } };
    throw error;
  }
}
