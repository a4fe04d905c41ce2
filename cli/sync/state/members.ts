/**
 * The members that an audience has been given. A private file keeps salted digests of them, one a line, and is only
 * ever added to: a finder of the file learns no address from it without trying each with the salt.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import * as z from 'zod/mini';
import type { Event } from '../../../lib/events/event.ts';
import { normalizeEmail } from '../../../lib/privacy/email.ts';
import { isDigest, sha256 } from '../../../lib/privacy/sha256.ts';
import { parseJson } from '../../../lib/schema/parse-json.ts';
import { usageError } from '../../errors/cli-error.ts';
import type { RowEvent } from '../events/fit-event.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

const headSchema = z.object({
  version: z.literal(1),
  audience: z.string(),
  target: z.string(),
  salt: z.string().check(z.refine(isDigest)),
});

export interface Member {
  /** Salted digests of what identifies the member; the first makes the event id. */
  readonly digests: readonly string[];
  readonly eventId: string;
}

export interface Members {
  /** undefined when nothing in the event identifies a person. */
  identify(event: Event | Readonly<RowEvent>): Member | undefined;
  /** True when the member was new; it is known from now on. */
  claim(member: Member): boolean;
  /** Writes members down whose events were accepted. */
  remember(members: readonly Member[]): void;
}

export interface MembersOptions {
  readonly file: string;
  readonly audience: string;
  readonly target: string;
  /** A dry run writes nothing. */
  readonly isReadOnly: boolean;
}

export function openMembers(options: MembersOptions): Members {
  const { file } = options;
  const { salt, digests } = load(options);
  const known = new Set(digests);
  const salted = (text: string): string => createHmac('sha256', salt).update(text).digest('hex').slice(0, 32);

  return {
    identify: (event) => {
      const found = identifiersOf(event as Readonly<Record<string, unknown>>);
      const [first] = found;
      if (first === undefined) return undefined;
      return {
        digests: found.map((identifier) => salted(`member:${identifier}`)),
        eventId: `add-${salted(`event:${first}`)}`,
      };
    },
    claim: ({ digests: own }) => {
      const isNew = !own.some((digest) => known.has(digest));
      for (const digest of own) known.add(digest);
      return isNew;
    },
    remember: (members) => {
      if (members.length === 0) return;
      appendFileSync(file, `${members.flatMap(({ digests: own }) => own).join('\n')}\n`, { flush: true });
    },
  };
}

function load({ file, audience, target, isReadOnly }: MembersOptions) {
  const text = readPrivateFile(file);
  if (text === undefined || text === '') {
    const salt = randomBytes(32).toString('hex');
    if (!isReadOnly) writePrivateFile(file, `${JSON.stringify({ version: 1, audience, target, salt })}\n`);
    return { salt, digests: [] };
  }
  const [head = '', ...lines] = text.split('\n');
  const decoded = headSchema.safeParse(parseJson(head));
  if (!decoded.success) throw usageError('The file of --state is not a list of members: name another.');
  if (decoded.data.audience !== audience || decoded.data.target !== target)
    throw usageError('The file of --state belongs to another audience or stage: name another.');
  // A kill may have cut the last line short: the next one starts on a line of its own.
  if (!isReadOnly && !text.endsWith('\n')) appendFileSync(file, '\n');
  return { salt: decoded.data.salt, digests: lines.filter((line) => /^[0-9a-f]{32}$/.test(line)) };
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
