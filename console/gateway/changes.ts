/** How the personal fields of an event change on their way to TikTok. The answer contains personal data: this machine only. */

import type { FieldFacts } from '../../lib/events/fields/field.ts';
import { fields } from '../../lib/events/fields/table.ts';
import { phoneCountry } from '../../lib/privacy/country.ts';
import { sha256 } from '../../lib/privacy/sha256.ts';
import type { Change } from '../api.ts';

type Values = Readonly<Record<string, unknown>>;

interface Sent {
  /** TikTok's `user`; undefined before the first call. */
  readonly user: Values | undefined;
  /** Default of the destination. */
  readonly country: string | undefined;
}

/** @param event as it was queued */
export function changesOf(event: Values, { user, country }: Sent): Change[] {
  const own = typeof event.country === 'string' ? event.country : undefined;
  const chosen = phoneCountry(own, country);
  return Object.entries<FieldFacts>(fields).flatMap(([name, facts]) =>
    facts.hash === undefined && facts.normalize === undefined
      ? []
      : valuesOf(event[name])
          .map((raw) => changeOf(name, raw, facts, chosen))
          .map((change) => (user === undefined ? change : asSent(change, user[facts.as ?? name]))),
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

/** A field that its event source does not take is not sent, whatever its normal form. */
function asSent(change: Change, sent: unknown): Change {
  const { field, raw, normalized, digest } = change;
  return valuesOf(sent).includes(digest ?? normalized ?? '') ? change : { field, raw };
}
