/** How the personal fields of an event change on their way to TikTok. The answer contains personal data: this machine only. */

import type { FieldFacts } from '../../lib/events/fields/field.ts';
import { fields } from '../../lib/events/fields/table.ts';
import { phoneCountry } from '../../lib/privacy/country.ts';
import { sha256 } from '../../lib/privacy/sha256.ts';
import type { Change } from '../api.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * @param event as it was queued
 * @param country default of the destination
 */
export function changesOf(event: Values, country: string | undefined): Change[] {
  const own = typeof event.country === 'string' ? event.country : undefined;
  const chosen = phoneCountry(own, country);
  return Object.entries<FieldFacts>(fields).flatMap(([name, facts]) =>
    facts.hash === undefined && facts.normalize === undefined
      ? []
      : valuesOf(event[name]).map((raw) => changeOf(name, raw, facts, chosen)),
  );
}

/** One value, or a list of them. */
const valuesOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string' && one !== '');

function changeOf(field: string, raw: string, facts: FieldFacts, country: string | undefined): Change {
  const normalized = (facts.hash ?? facts.normalize)?.(raw, country) || undefined;
  if (normalized === undefined) return { field, raw };
  return facts.hash === undefined
    ? { field, raw, normalized }
    : { field, raw, normalized, digest: sha256(normalized) };
}
