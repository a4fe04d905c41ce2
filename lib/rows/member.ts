/** Recognizes the members of an audience by salted digests: a finder of the digests learns no address without trying each. */
import { createHmac } from 'node:crypto';
import type { Event } from '../events/event.ts';
import { normalizeEmail } from '../privacy/email.ts';
import { sha256 } from '../privacy/sha256.ts';
import type { RowEvent } from './fit-event.ts';

export interface Member {
  /** Salted digests of what identifies the member; the first makes the event id. */
  readonly digests: readonly string[];
  readonly eventId: string;
}

/** @returns undefined when nothing in the event identifies a person */
export type IdentifyMember = (event: Event | Readonly<RowEvent>) => Member | undefined;

/** An audience to which each new member is added, and who is in it. */
export interface Audience {
  /** Of the event that adds a member. */
  readonly name: string;
  readonly members: {
    readonly identify: IdentifyMember;
    /** True when the member was new; it is known from now on. */
    claim(member: Member): boolean;
  };
}

/** @param salt of the list of members, 64 hexadecimal digits */
export function createIdentifyMember(salt: string): IdentifyMember {
  const salted = (text: string): string => createHmac('sha256', salt).update(text).digest('hex').slice(0, 32);
  return (event) => {
    const found = identifiersOf(event as Readonly<Record<string, unknown>>);
    const [first] = found;
    if (first === undefined) return undefined;
    return {
      digests: found.map((identifier) => salted(`member:${identifier}`)),
      eventId: `add-${salted(`event:${first}`)}`,
    };
  };
}

/**
 * Any e-mail or external id recognizes a person. The other match keys count only where both are absent: a household can
 * share a phone, and a click belongs to a person for a short time only.
 */
function identifiersOf(event: Readonly<Record<string, unknown>>): string[] {
  const own = [
    ...digestsOf('email', event.email, (value) => normalizeEmail(value) ?? value, event.hashed_email),
    ...digestsOf('external_id', event.external_id, (value) => value.trim(), event.hashed_external_id),
  ];
  if (own.length > 0) return own;
  const phones = digestsOf('phone', event.phone, (value) => value, event.hashed_phone);
  if (phones.length > 0) return phones;
  const others = (['idfa', 'gaid', 'ttp', 'ttclid'] as const).flatMap((name) =>
    digestsOf(name, event[name], (value) => value.trim(), undefined),
  );
  const lead = event.lead as { lead_id?: unknown } | undefined;
  const rest = [...others, ...digestsOf('lead_id', lead?.lead_id, (value) => value, undefined)];
  return rest.length > 0 || event.ip === undefined
    ? rest.slice(0, 1)
    : digestsOf('ip', `${event.ip} ${event.user_agent}`, (value) => value, undefined);
}

/** Raw values are digested as TikTok does, so that a raw and a hashed column name the same person. */
function digestsOf(
  kind: string,
  raw: unknown,
  normalize: (value: string) => string,
  hashed: unknown,
): string[] {
  const digests = [...textsOf(raw).map((value) => sha256(normalize(value))), ...textsOf(hashed)];
  return digests.map((digest) => `${kind}:${digest}`);
}

const textsOf = (value: unknown): string[] =>
  value === undefined ? [] : [value].flat().map((item) => String(item));
