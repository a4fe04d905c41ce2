/** Recognizes an event in the shape of TikTok's API or of Segment, and says how the same event looks here. */
import type { Explained } from '../../schema/explain-issues.ts';
import { isObject } from '../../schema/is-object.ts';
import type { FieldTable } from '../fields/field.ts';
import type { Naming } from './meant-name.ts';

type Body = Readonly<Record<string, unknown>>;

/** Looked at in failed events only. The message repeats names that the gateway knows, never a value. */
export type FindForeignShape = (input: unknown) => Explained | undefined;

export function foreignShapesOf(table: FieldTable, naming: Naming): FindForeignShape {
  return (input) => {
    if (!isObject(input) || isPresent(input.event_name)) return undefined;
    const list = listOf(input);
    const event = list === undefined ? input : firstOf(list.entries);
    const api = apiOf(input, event, list?.field);
    if (api === undefined) return undefined;
    const pairs = pairsOf(event, { table, naming, isTikTok: api !== segment });
    const here =
      list === undefined ? 'an event is flat here' : 'a request here is {"events":[…]} of flat events';
    const how = pairs.map(([path, name]) => `${path} → ${name}`).join(', ');
    const message = `this has the shape of ${api}; ${here}${how === '' ? '' : `: ${how}`}`;
    return { field: list?.field ?? fieldOf(input), code: 'foreign_shape', message };
  };
}

const tiktok = "TikTok's Events API 2.0";
const tiktok1 = "TikTok's older Events API (pixel/track)";
const segment = "Segment's HTTP API";

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;
const hasAny = (body: Body, names: readonly string[]): boolean => names.some((name) => isPresent(body[name]));
const hasObject = (body: Body, names: readonly string[]): boolean =>
  names.some((name) => isObject(body[name]));
const firstOf = ([first]: readonly unknown[]): Body => (isObject(first) ? first : {});

/** TikTok's list of events is `data`; in the older API, and at Segment, it is `batch`. */
function listOf(
  body: Body,
): { readonly field: 'data' | 'batch'; readonly entries: readonly unknown[] } | undefined {
  const { data, batch } = body;
  if (Array.isArray(data)) return { field: 'data', entries: data };
  return Array.isArray(batch) ? { field: 'batch', entries: batch } : undefined;
}

const fieldOf = ({ event, type }: Body): string => (isPresent(event) || !isPresent(type) ? 'event' : 'type');

function apiOf(body: Body, event: Body, list: 'data' | 'batch' | undefined): string | undefined {
  if (hasAny(body, ['pixel_code'])) return tiktok1;
  if (hasAny(body, ['event_source', 'event_source_id'])) return tiktok;
  if (list === 'data') return typeof event.event === 'string' ? tiktok : undefined;
  if (isSegments(event) || list === 'batch') return segment;
  if (typeof event.event !== 'string') return undefined;
  if (hasObject(event, ['context'])) return tiktok1;
  return hasObject(event, ['user', 'properties', 'page']) ? tiktok : undefined;
}

const calls: ReadonlySet<unknown> = new Set(['track', 'identify', 'page', 'screen', 'group', 'alias']);
const segmentOnly = ['userId', 'anonymousId', 'messageId', 'originalTimestamp', 'writeKey'];

function isSegments(event: Body): boolean {
  const isCall = calls.has(event.type);
  const isNamed = isCall || typeof event.event === 'string';
  return (
    (isNamed && hasAny(event, segmentOnly)) ||
    (isCall && hasObject(event, ['properties', 'context', 'traits']))
  );
}

interface Known {
  readonly table: FieldTable;
  readonly naming: Naming;
  readonly isTikTok: boolean;
}

type Holder = readonly [path: string, ...to: string[]];

/** The objects of those shapes, and the objects of TikTok's request that hold the fields found in them. */
const holders: readonly Holder[] = [
  ['', 'event', 'user', 'call'],
  ['user', 'user'],
  ['traits', 'user'],
  ['context', 'user'],
  ['context.user', 'user'],
  ['context.traits', 'user'],
  ['context.ad', 'user'],
  ['context.page', 'page'],
  ['page', 'page'],
  ['properties', 'properties', 'contents'],
];

/** A person's object can hold hundreds of thousands of names. */
const maxNames = 100;
const maxPairs = 15;

type Pair = readonly [path: string, field: string];

/** @returns pairs of a path in the event and the field that takes its value here */
function pairsOf(event: Body, known: Known): Pair[] {
  const places = holders.flatMap((holder) => placesIn(event, holder, known));
  const pairs = places.filter((pair): pair is Pair => pair[1] !== undefined && pair[0] !== pair[1]);
  const hasOthers = places.some(([path, field]) => field === undefined && path.startsWith('properties.'));
  const named = pairs.slice(0, maxPairs).map(([path, field]): Pair => [path, withDigest(field, known)]);
  return hasOthers ? [...named, ['other properties', 'custom_properties']] : named;
}

/** @returns the values of one object, each with its field */
function placesIn(
  event: Body,
  [path, ...to]: Holder,
  { naming, table }: Known,
): (readonly [path: string, field: string | undefined])[] {
  const holder = path === '' ? event : path.split('.').reduce<unknown>(partOf, event);
  if (!isObject(holder)) return [];
  const isOf = (field: string | undefined) => field !== undefined && to.includes(table[field]?.to ?? '');
  const fieldOf = (name: string) => {
    // The older API has the click id there.
    if (path === 'context.ad') return name === 'callback' ? 'ttclid' : undefined;
    // The kind of call at Segment is not the name of the event.
    if (path === '' && name === 'type') return undefined;
    return [naming.knownBy(name), naming.knownBy(name, 'contents')].find(isOf);
  };
  return Object.keys(holder)
    .slice(0, maxNames)
    .filter((name) => !isObject(holder[name]))
    .map((name) => [path === '' ? name : `${path}.${name}`, fieldOf(name)]);
}

const partOf = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);

/** TikTok takes digests of these; here they have fields of their own. */
const withDigest = (field: string, { table, isTikTok }: Known): string =>
  isTikTok && Object.hasOwn(table, `hashed_${field}`) ? `${field} (or hashed_${field})` : field;
