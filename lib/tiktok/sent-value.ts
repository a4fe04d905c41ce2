/** Converts canonical values to the form that TikTok gets: identifiers as SHA-256, the rest in clear text. */
import type { FieldFacts, Normalize } from '../events/fields/field.ts';
import { sha256 } from '../privacy/sha256.ts';

/** @returns undefined when nothing is to be sent */
export type Convert = (value: unknown, country: string | undefined) => unknown;

/** @returns undefined for a field whose values leave as they are */
export function conversionOf({ hash, normalize, oneOrList }: FieldFacts): Convert | undefined {
  const convert = hash === undefined ? normalize && inClear(normalize) : hashed(hash);
  if (convert === undefined) return oneOrList === undefined ? undefined : eachOnce;
  // One text stays one text; TikTok takes a list as well.
  return (value, country) =>
    Array.isArray(value)
      ? unique(value.map((entry) => convert(String(entry), country)))
      : convert(String(value), country);
}

const eachOnce = (value: unknown): unknown => (Array.isArray(value) ? unique(value) : value);

type ConvertText = (text: string, country: string | undefined) => string | undefined;

/** Undefined when nothing is left, such as for a city that is only punctuation. */
const inClear =
  (normalize: Normalize): ConvertText =>
  (text, country) =>
    normalize(text, country) || undefined;

/** Never the digest of an empty text: it would match everyone whose value is missing. */
const hashed =
  (normalize: Normalize): ConvertText =>
  (text, country) => {
    const normal = normalize(text, country);
    return normal === undefined || normal === '' ? undefined : sha256(normal);
  };

/** Raw and hashed identifiers together, each once. */
export const mergeLists = (first: unknown, second: unknown): unknown =>
  unique([...listOf(first), ...listOf(second)]);

function unique(values: readonly unknown[]): unknown[] | undefined {
  const present = new Set(values.filter((value) => value !== undefined));
  return present.size > 0 ? [...present] : undefined;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
