/** The format of the faults that the sandbox can simulate. */
import * as z from 'zod/mini';

const count = z.int('must be a whole number').check(z.gte(1, 'must be 1 or more'));
const milliseconds = z.int('must be a whole number').check(z.gte(0, 'must be 0 or more'));
const share = z.number('must be a number').check(z.gte(0, 'must be 0 to 1'), z.lte(1, 'must be 0 to 1'));
const text = z.string('must be text').check(z.minLength(1, 'must not be empty'), z.maxLength(1024));

/**
 * Fields of every fault: how often it applies, to which pixel, to which requests and to which endpoints (`track`, `oauth`
 * or `stats`).
 */
const scope = {
  times: z.optional(count),
  pixel: z.optional(text),
  /** Only requests with an event whose `event_id` contains this. */
  match: z.optional(text),
  /** Only requests whose body has more bytes. */
  largerThan: z.optional(count),
  on: z._default(z.enum(['track', 'oauth', 'stats'], 'must be track, oauth or stats'), 'track'),
};
const plain = <K extends string>(kind: K) => z.strictObject({ kind: z.literal(kind), ...scope });

const redirectStatus = z.literal([301, 302, 303, 307, 308], 'must be 301, 302, 303, 307 or 308');
const status = z.int('must be a whole number').check(z.gte(200, 'must be 200 or more'), z.lte(599));

const faultSchema = z.discriminatedUnion(
  'kind',
  [
    /** Answers this code under HTTP 200 before any check. */
    z.strictObject({
      kind: z.literal('code'),
      code: z.int('must be a whole number'),
      message: z.optional(text),
      ...scope,
    }),
    z.strictObject({ kind: z.literal('status'), status, body: z.optional(z.string()), ...scope }),
    /** Waits, then continues; other faults apply too. */
    z.strictObject({ kind: z.literal('slow'), ms: milliseconds, ...scope }),
    /** Never answers. */
    plain('stall'),
    /** Closes the connection before any check. */
    plain('reset'),
    /** Accepts the events and closes the connection instead of answering. */
    plain('reset_after'),
    /** Accepts the events and sends the answer one byte at a time, `ms` apart. */
    z.strictObject({ kind: z.literal('trickle'), ms: z._default(milliseconds, 1000), ...scope }),
    /** Accepts the events and sends an answer of `bytes`. */
    z.strictObject({ kind: z.literal('huge'), bytes: z._default(count, 50 * 1024 * 1024), ...scope }),
    /** Answers with a page instead of JSON. */
    z.strictObject({ kind: z.literal('html'), status: z._default(status, 200), ...scope }),
    z.strictObject({
      kind: z.literal('redirect'),
      status: z._default(redirectStatus, 308),
      location: z._default(text, '/elsewhere'),
      ...scope,
    }),
    /** Refuses this token, or all of them, until `restore_token`. */
    z.strictObject({ kind: z.literal('revoke_token'), token: z.optional(text), ...scope }),
    z.strictObject({ kind: z.literal('restore_token'), token: z.optional(text), ...scope }),
    /** Accepts the events and answers 20001. */
    plain('partial'),
    /** Refuses every request with an event whose `event_id` contains `match`. */
    z.strictObject({
      kind: z.literal('poison'),
      index: z._default(z.boolean('must be true or false'), true),
      code: z._default(z.int('must be a whole number'), 40002),
      ...scope,
      match: text,
    }),
    /** TikTok's statistics miss a share of the server events, count one twice, or show them later. */
    z.strictObject({
      kind: z.literal('stats'),
      drop: z.optional(share),
      double: z.optional(share),
      delayHours: z.optional(count),
      /** Only events of this name. */
      event: z.optional(text),
      /** Only events of this UTC day. */
      day: z.optional(z.iso.date('must be a day such as 2026-11-26')),
      ...scope,
      on: z._default(z.literal('stats', 'must be stats'), 'stats'),
    }),
  ],
  'must be a known kind of fault',
);

export type Fault = z.infer<typeof faultSchema>;
export type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>;

const maxFaults = 100;

/** Names the invalid field of one fault and the form it needs. */
function explain(item: unknown, { issues: [issue] }: z.core.$ZodError): string {
  if (typeof item !== 'object' || item === null) return 'fault: must be an object';
  if (issue?.code === 'unrecognized_keys') return `${issue.keys.join(', ')}: is not known`;
  return `${issue?.path.join('.') || 'fault'}: ${issue?.message}`;
}

/** Reads one fault or a list, the body of `POST /_sandbox/faults`; `error` names the invalid field. */
export function readFaults(input: unknown): { faults: Fault[] } | { error: string } {
  const list = Array.isArray(input) ? input : [input];
  if (list.length > maxFaults) return { error: `at most ${maxFaults} faults` };
  const faults: Fault[] = [];
  for (const [index, item] of list.entries()) {
    const result = faultSchema.safeParse(item);
    if (!result.success) {
      const place = Array.isArray(input) ? `[${index}].` : '';
      return { error: place + explain(item, result.error) };
    }
    faults.push(result.data);
  }
  return { faults };
}
