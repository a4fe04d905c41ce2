/** The settings of every source, and building blocks that several platforms share. */
import * as z from 'zod/mini';
import { consentModes } from '../events/consent.ts';
import { destinationName } from '../events/destination.ts';
import { usesOnly } from './rules/event-id-template.ts';

export const shortText = () => z.string().check(z.minLength(1), z.maxLength(100));
export const texts = () => z.array(shortText()).check(z.maxLength(100));

export const commonShape = () => ({
  destination: z._default(destinationName, 'default'),
  /** Verifies, maps and logs the events, and sends none. */
  dryRun: z._default(z.boolean(), false),
  /** `always` sends; `require` sends only with consent; `limit` sets limited_data_use when the visitor refused. */
  consent: z._default(z.enum(consentModes), 'always'),
  /** Names of the cart attribute, order meta or metadata entry with the visitor's choice. */
  consentKeys: z._default(texts().check(z.minLength(1)), ['tiktok_consent', '_tiktok_consent']),
  /** Event field → JMESPath expression. On a platform with a built-in mapping, these fields override its fields. */
  mapping: z.optional(z.record(z.string(), z.unknown())),
});

/** Topic → event name. A topic that is not listed is answered with 200 and ignored. */
export const topics = () => z.record(shortText(), shortText());

/** Allowed shops, by domain; an empty list allows every shop that has the secret. */
export const shops = () =>
  z._default(
    z
      .array(
        z
          .string()
          .check(
            z.regex(/^[a-z0-9.-]{1,253}$/, 'expected a host name in lower case, such as shop.example.com'),
          ),
      )
      .check(z.maxLength(100)),
    [],
  );

export const sendOrSkip = () => z._default(z.enum(['skip', 'send']), 'skip');

/** @param names the placeholders that a platform fills */
export const idTemplate = (names: readonly string[]) =>
  z.string().check(
    z.minLength(1),
    z.maxLength(256),
    // Without a placeholder every conversion would have the same id.
    z.regex(/^[^{}]*(?:\{[^{}]+\}[^{}]*)+$/, `expected a placeholder such as {${names[0]}}`),
    z.refine(usesOnly(names), { message: `may use ${names.join(', ')} and attribute.<name> in braces` }),
  );

/** The settings that a source of any platform can have. */
export interface CommonSettings extends z.infer<z.ZodMiniObject<ReturnType<typeof commonShape>>> {
  readonly platform: string;
  readonly topics?: Readonly<Record<string, string>> | undefined;
  readonly shops?: readonly string[] | undefined;
}
