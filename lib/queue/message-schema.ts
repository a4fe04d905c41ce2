/** The shape of a message around its event. The event itself is checked with the schema of events. */
import * as z from 'zod/mini';
import { lazily } from '../schema/lazy/lazily.ts';
import { maxLength, minLength } from '../schema/lengths.ts';
import { matcherOf } from '../schema/matcher.ts';

const time = () => z.union([z.string(), z.number()]);
const shortText = () => z.string().check(minLength(1), maxLength(128));

// Not strict: a field that a later release adds must not turn messages into dead letters after a roll-back.
const envelopeSchema = lazily(() =>
  z.object({
    v: z.literal(1),
    event: z.looseObject({}),
    destination: z.nullish(shortText()),
    source: z.nullish(shortText()),
    received_at: z.nullish(time()),
    // A time that cannot be read becomes the default, which keeps the event from counting twice.
    not_after: z.optional(z.unknown()),
    trace: z.nullish(shortText()),
    logged: z.optional(z.unknown()),
  }),
);

type Envelope = z.infer<ReturnType<typeof envelopeSchema>>;

const matchesEnvelope = lazily(() => matcherOf(envelopeSchema()));

/** Compares with the shape first: zod is slower, and only needed to say what is wrong. */
export const checkEnvelope = (content: object) =>
  matchesEnvelope()(content)
    ? { success: true as const, data: content as Envelope }
    : envelopeSchema().safeParse(content);
