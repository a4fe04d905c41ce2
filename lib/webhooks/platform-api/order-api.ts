/** How to read an order from the API of a platform whose webhooks contain only ids: a part of the interface of platforms. */
import type { Payload } from '../../payload/values.ts';
import type { WebhookHeaders } from '../webhook-headers.ts';
import type { SkippedWebhook } from '../webhook-outcome.ts';

/** A verified webhook, as the platform sent it or as `fetch` read it. */
export interface WebhookContent {
  /** Empty where the platform has no topics. */
  readonly topic: string;
  readonly payload: Payload;
  readonly headers: WebhookHeaders;
}

/** Reads the JSON at a path below the base URL, such as `/orders/12`; undefined for a 204. Do not catch its errors. */
export type ReadJson = (path: string) => Promise<unknown>;

/** The payload that `map` takes, or why there is none. */
export type OrderContent = { readonly kind: 'payload'; readonly payload: Payload } | SkippedWebhook;

/** How to read an order from the API of a platform whose webhooks contain only ids. */
export interface OrderApi<Settings> {
  /** https origin and path, fixed by the settings: the token goes nowhere else. */
  readonly baseUrl: (settings: Settings) => string;
  /** The headers of each request. */
  readonly headers: (apiToken: string) => Readonly<Record<string, string>>;
  /** Returns a skip before it calls `read` when no order is needed. @returns the payload that `map` takes */
  readonly read: (content: WebhookContent, read: ReadJson, settings: Settings) => Promise<OrderContent>;
}

export interface BoundOrderApi {
  readonly baseUrl: string;
  readonly headers: (apiToken: string) => Readonly<Record<string, string>>;
  readonly read: (content: WebhookContent, read: ReadJson) => Promise<OrderContent>;
}
