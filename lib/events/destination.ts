/** A destination: one pixel, app, offline set or CRM set at TikTok, and the defaults for events sent to it. */
import * as z from 'zod/mini';
import { isTikTokBaseUrl, withoutTrailingSlash } from '../schema/base-url.ts';
import { currencies } from './currencies.ts';

/** Where a conversion happened; TikTok's `event_source` (Events API 2.0, docs id 1771101303285761). */
export const eventSources = ['web', 'app', 'offline', 'crm'] as const;
export type EventSource = (typeof eventSources)[number];

/** The form of all names in a stage file. They are used in secret names, addresses and log lines, so the alphabet is safe. */
export const settingName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

export const destinationName = z.string().check(z.regex(settingName));

export const destinationSchema = z.strictObject({
  /** Pixel code (web), TikTok app id (app), offline or CRM event set id: always text, TikTok refuses numbers. */
  pixelCode: z.string().check(z.minLength(1), z.maxLength(128)),
  eventSource: z._default(z.enum(eventSources), 'web'),
  /** ISO 4217 code for events that carry a value without a currency; any other would make dead letters of them. */
  currency: z.optional(
    z
      .string()
      .check(
        z.refine((code) => currencies.has(code), 'expected an ISO 4217 code that TikTok takes, such as USD'),
      ),
  ),
  /** ISO 3166-1 alpha-2 country of phone numbers written without a country code. */
  country: z.optional(z.string().check(z.regex(/^[A-Z]{2}$/, 'expected two capital letters, such as DE'))),
  /** Sends every event of the destination to Events Manager's "Test events" page. */
  testEventCode: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  /** Base URL of TikTok's API for this destination, with its access token; by default the stage's. */
  tiktokApiUrl: z.optional(
    z
      .string()
      .check(
        z.refine(
          isTikTokBaseUrl,
          'expected an https URL below tiktok.com without a path, or an http URL of this machine',
        ),
        z.overwrite(withoutTrailingSlash),
      ),
  ),
});

export type Destination = z.infer<typeof destinationSchema>;
export type Destinations = Readonly<Record<string, Destination>>;

export const destinationsSchema = z.record(destinationName, destinationSchema);
