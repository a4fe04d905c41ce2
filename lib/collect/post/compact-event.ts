/** Turns an event of the compact form into the flat form of the API, whose decoder judges every value. */
import { fields } from '../../events/fields/table.ts';
import { cleanText } from '../../privacy/clean-text.ts';
import { looksLikeDigest } from '../../privacy/sha256.ts';
import { isObject } from '../../schema/is-object.ts';
import { liftContentType } from './lift-content-type.ts';

type Values = Readonly<Record<string, unknown>>;

export interface CompactEvent {
  /** In the form of the API; anything, when it was nothing else. */
  readonly input: unknown;
  /** When the page made the call, by the browser's clock. */
  readonly calledAt?: unknown;
  readonly pixelCode?: unknown;
}

export function readCompactEvent(entry: unknown): CompactEvent {
  if (!isObject(entry)) return { input: entry };
  const { n, i, t, d, m, x, l, u, r } = entry;
  return {
    calledAt: t,
    pixelCode: x,
    input: {
      ...(isObject(d) && propertiesOf(liftContentType(d))),
      ...(isObject(m) && matchKeysOf(m)),
      event_name: n,
      // The script posts nothing before the visitor agreed, where the stage needs that: its events carry no field for it.
      consent: 'granted',
      event_id: i,
      page_url: u,
      page_referrer: r,
      ...(l === 1 && { limited_data_use: true }),
    },
  };
}

/**
 * Properties of a call with the name of a field of TikTok's `properties` are that field. All others are the page's own:
 * a page cannot set an address, a destination or a test code this way.
 */
function propertiesOf(properties: Values): Values {
  const named: [string, unknown][] = [];
  const custom: [string, unknown][] = [];
  for (const entry of Object.entries(properties)) (isProperty(entry[0]) ? named : custom).push(entry);
  return {
    ...Object.fromEntries(named),
    ...(custom.length > 0 && { custom_properties: Object.fromEntries(custom) }),
  };
}

const table: Readonly<Record<string, { readonly to: string; readonly isSpread?: true }>> = fields;

function isProperty(name: string): boolean {
  const row = Object.hasOwn(table, name) ? table[name] : undefined;
  return row !== undefined && row.isSpread !== true && (row.to === 'properties' || row.to === 'contents');
}

/** What `ttq.identify` takes, now and in older copies of TikTok's code, by the field of the event. */
const identities = {
  email: ['email', 'sha256_email'],
  phone: ['phone_number', 'phone', 'sha256_phone_number'],
  external_id: ['external_id'],
} as const;

/** Pages give identifiers raw or as SHA-256, in any case, under the same name. */
function matchKeysOf(given: Values): Values {
  const keys: [string, unknown][] = [];
  for (const [field, names] of Object.entries(identities)) {
    const values = names.flatMap((name) => (Object.hasOwn(given, name) ? [given[name]] : [])).flat();
    const raw = values.filter((value) => !isDigest(value));
    const digests = values.filter(isDigest).map((digest) => cleanText(digest).toLowerCase());
    if (raw.length > 0) keys.push([field, raw.length === 1 ? raw[0] : raw]);
    if (digests.length > 0) keys.push([`hashed_${field}`, digests.length === 1 ? digests[0] : digests]);
  }
  return Object.fromEntries(keys);
}

const isDigest = (value: unknown): value is string => typeof value === 'string' && looksLikeDigest(value);
