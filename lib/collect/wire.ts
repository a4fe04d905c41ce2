/**
 * The compact form in which the browser script posts events to `POST /v1/collect`, and the settings that its build bakes
 * in: the one contract between the script and the function. Types only, so the script contains nothing of it.
 */

/** What one request contains: `text/plain;charset=UTF-8`, at most 32 KiB. */
export interface Post {
  /** The version of this form. */
  readonly v: 1;
  /** `location.href` without its hash. */
  readonly u?: string | undefined;
  /** `document.referrer`. */
  readonly r?: string | undefined;
  /** Click id: of the page's URL, the same-site referrer, the cookie `_tte`, or TikTok's cookie `ttclid`, in this order. */
  readonly c?: string | undefined;
  /** Visitor id: the value of the cookie `_ttp`, or the one that the script proposes for it. */
  readonly p?: string | undefined;
  /** When the request was sent, in Unix milliseconds by the browser's clock: with it, that clock need not be right. */
  readonly s?: number | undefined;
  /** At most 20 events. None: a landing that only needs cookies. */
  readonly e: readonly PostedEvent[];
}

/** One event, as the page gave it: the function checks and decodes every value. */
export interface PostedEvent {
  /** Name. */
  readonly n: string;
  /** Event id. */
  readonly i?: string | number | undefined;
  /** Time of the call, in Unix milliseconds by the browser's clock. */
  readonly t?: number | undefined;
  /** Properties: the second argument of `ttq.track`. */
  readonly d?: Readonly<Record<string, unknown>> | undefined;
  /** `email`, `phone_number` and `external_id` of `identify`, raw or digests. */
  readonly m?: Readonly<Record<string, unknown>> | undefined;
  /** Pixel code of `pixel_code` or `instance(code)`. Absent: every destination of `collect.destinations`. */
  readonly x?: string | undefined;
  /** `limited_data_use` of `ttq.load`. */
  readonly l?: 1 | undefined;
  /** Page URL at the time of the call, when it differs from the request's: an event that waited, or a single-page app. */
  readonly u?: string | undefined;
  /** Referrer at the time of the call, when it differs from the request's. */
  readonly r?: string | undefined;
}

/** What a stage decides about the script; its build puts this into the code as one JSON object. */
export interface BrowserSettings {
  /** `require`: no request, cookie or storage before `grantConsent`. */
  readonly consent: 'always' | 'require';
  /** Sends `Pageview` once per path and query. */
  readonly pageViews: boolean;
  /** Names that another source of the stage sends. Their calls reach the pixel without an added id, and have no copy. */
  readonly untouched: readonly string[];
}
