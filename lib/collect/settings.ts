/** The section `collect` of a stage file: whose pages may send events from the browser, which events, and to whom. */
import * as z from 'zod/mini';
import { destinationName } from '../events/destination.ts';
import { standardEvents } from '../events/standard-events.ts';
import { lazily } from '../schema/lazy/lazily.ts';

/** Without a port that browsers leave out of an origin: such an entry would never match. */
const origin = /^https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::(?!443$)\d{1,5})?$/;
const originForm =
  'expected an exact origin such as https://shop.example.com, without path, wildcard or capital letters';
const listOrigins =
  'list the origins of the pages that may send, such as [https://shop.example.com]. Without pages, leave the section collect out';
/** With a dot: no browser stores a cookie for a whole top-level domain. */
const domain = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/** Sources of this stage, or the shop's own server, know a purchase better than a page that anybody can forge. */
export const purchaseNames: readonly string[] = ['Purchase', 'CompletePayment', 'PlaceAnOrder'];

const eventName = () => z.string().check(z.minLength(1), z.maxLength(100));

export const collectSchema = lazily(() =>
  z.strictObject({
    /** Compared with the header `Origin`, character by character. */
    origins: z
      .array(z.string().check(z.regex(origin, originForm)), listOrigins)
      .check(z.minLength(1, listOrigins), z.maxLength(50)),
    /** `Domain` of the cookies. Without it they belong to the host of the collector alone. */
    cookieDomain: z.optional(
      z.string().check(z.regex(domain, 'expected a domain such as shop.example, without a leading dot')),
    ),
    /** Where events go whose call names no pixel. */
    destinations: z._default(z.array(destinationName).check(z.minLength(1), z.maxLength(10)), ['default']),
    /** The only names that are taken. */
    events: z._default(z.array(eventName()).check(z.minLength(1), z.maxLength(200)), [...standardEvents]),
    /** `require`: the script sends and stores nothing before `grantConsent`. */
    consent: z._default(z.enum(['always', 'require']), 'always'),
    /** Takes purchases from the browser. */
    purchases: z._default(z.boolean(), false),
    /** Sends `Pageview` once per path and query. */
    pageViews: z._default(z.boolean(), false),
  }),
);

export type CollectSettings = z.infer<ReturnType<typeof collectSchema>>;
