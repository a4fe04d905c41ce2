/**
 * Checks the queries of `/pixel/event/stats/` and `/pixel/list/` as TikTok does (docs ids 1740858904557570, 1740858697598978):
 * parameters of a GET, of which lists and objects are JSON. Pure.
 */
import { isObject } from '../../../lib/schema/is-object.ts';
import { parseJson } from '../../../lib/schema/parse-json.ts';
import type { Verdict } from '../track/check-request.ts';
import type { DayRange } from './shown-counts.ts';

const maxPixels = 10;
const maxDays = 30;
const maxPageSize = 20;
const dayMs = 86_400_000;

const wrong = (message: string): Verdict => ({ code: 40002, message });
const integer = /^\d{1,20}$/;

/** Refuses names that the endpoint does not have: TikTok ignores them, which would hide a misspelled filter. */
export function checkNames(query: URLSearchParams, known: readonly string[]): Verdict | undefined {
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  return unknown === undefined ? undefined : wrong(`${unknown}: Unknown field`);
}

export function checkAdvertiser(query: URLSearchParams, owned: readonly string[]): Verdict | undefined {
  const id = query.get('advertiser_id');
  if (id === null || id === '') return wrong('advertiser_id: Missing data for required field');
  if (!integer.test(id)) return wrong('advertiser_id: Not a valid integer string');
  if (owned.includes(id)) return undefined;
  return { code: 40001, message: `No permission to operate advertiser ${id}.` };
}

export function readPixelIds(query: URLSearchParams): Verdict | readonly string[] {
  const text = query.get('pixel_ids');
  if (text === null) return wrong('pixel_ids: Missing data for required field');
  const ids = parseJson(text);
  if (!Array.isArray(ids) || ids.length === 0) return wrong('pixel_ids: Not a valid list');
  if (ids.length > maxPixels) return wrong(`pixel_ids: Longer than maximum length ${maxPixels}`);
  const index = ids.findIndex((id) => typeof id !== 'string' || !integer.test(id));
  return index < 0 ? ids : wrong(`pixel_ids.${index}: Not a valid integer string`);
}

export function readDateRange(query: URLSearchParams): Verdict | DayRange {
  const text = query.get('date_range');
  if (text === null) return wrong('date_range: Missing data for required field');
  const range = parseJson(text);
  if (!isObject(range)) return wrong('date_range: Not a valid object');
  const { start_date: start, end_date: end } = range;
  if (!isDay(start)) return wrong('date_range.start_date: Not a valid date');
  if (!isDay(end)) return wrong('date_range.end_date: Not a valid date');
  const days = (Date.parse(end) - Date.parse(start)) / dayMs + 1;
  if (days < 1) return wrong('date_range: end_date must not be before start_date');
  if (days > maxDays) return wrong(`date_range: must not exceed ${maxDays} days`);
  return { start, end };
}

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));

export function readPage(query: URLSearchParams): Verdict | { readonly page: number; readonly size: number } {
  const page = Number(query.get('page') ?? 1);
  const size = Number(query.get('page_size') ?? 10);
  if (!Number.isInteger(page) || page < 1) return wrong('page: Not a valid integer');
  if (!Number.isInteger(size) || size < 1 || size > maxPageSize)
    return wrong(`page_size: Must be between 1 and ${maxPageSize}`);
  return { page, size };
}

export const isVerdict = (read: object): read is Verdict => 'code' in read;
