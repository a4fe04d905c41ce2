/** The interface of a webhook platform: everything that the gateway knows about a platform, in one object. */
import type * as z from 'zod/mini';
import type { Payload } from '../payload/values.ts';
import type { CommonSettings } from './common-settings.ts';
import type { BoundOrderApi, OrderApi, WebhookContent } from './platform-api/order-api.ts';
import { type BoundRequestForms, bindForms, type RequestForms } from './signatures/request-forms.ts';
import type { SecretEncoding } from './signatures/secret-bytes.ts';
import {
  reject,
  type SignatureHeaders,
  type SignedRequest,
  type SigningRequest,
  type Verification,
} from './signatures/verification.ts';
import type { WebhookHeaders } from './webhook-headers.ts';
import type { WebhookOutcome } from './webhook-outcome.ts';

export type WebhookMethod = 'POST' | 'GET' | 'HEAD';

/** A strict object whose `platform` is a literal: the stage file is checked against the union of all platforms. */
type SettingsSchema<Settings> = z.ZodMiniType<Settings> & z.core.$ZodTypeDiscriminable;

export interface MapInput<Settings> extends WebhookContent {
  readonly settings: Settings;
  readonly nowMs: number;
  /** ISO 3166-1 alpha-2 for phones without a country: the destination's default. */
  readonly country?: string | undefined;
  /** The value of `source.consent`, when the mapping in the stage file has that setting. */
  readonly consent?: string | undefined;
}

/** The members that do not depend on settings. */
interface PlatformFacts {
  /** The value of `platform` in a stage file. */
  readonly name: string;
  /** Some platforms probe a URL before they use it. Default: POST only. */
  readonly methods?: readonly WebhookMethod[];
  /** Where the operator finds the signing secret: the end of a sentence. */
  readonly secretHint: string;
  /** The subject of a webhook, such as `orders/paid`; called with an undefined payload before the body is parsed. */
  readonly topicOf?: (headers: WebhookHeaders, payload: unknown) => string;
  /** Words of topics that lib/webhooks/report-webhook.ts does not know; other topics are logged as `other`. */
  readonly topicWords?: readonly string[];
  /** Topics of privacy requests, which are answered and not mapped: the gateway stores no data that they ask for. */
  readonly complianceTopics?: ReadonlySet<string>;
  /**
   * The ids of the order, checkout or customer in a body whose wrapper map-webhook.ts does not know, and an order's number
   * as people know it: the log shows fingerprints. Called before and after `fetch`.
   */
  readonly ordersOf?: (payload: Payload) => readonly (string | undefined)[];
  /** The domain that `shops` of the settings allows. */
  readonly shopOf?: (headers: WebhookHeaders) => string | undefined;
  /** True for an unsigned test request that expects 200. */
  readonly isPing?: (headers: WebhookHeaders, body: Uint8Array) => boolean;
  /** The source of this name on the stage `local`. */
  readonly local?: { readonly settings: Readonly<Record<string, unknown>> };
}

/** The object that a platform's folder defines. */
export interface PlatformDefinition<Settings extends CommonSettings>
  extends PlatformFacts,
    RequestForms<Settings> {
  /** Made on first use: a stage uses few of the platforms. */
  readonly settings: () => SettingsSchema<Settings>;
  /** Takes constant time for any secret, and rejects malformed input without throwing. */
  readonly verify: (request: SignedRequest, settings: Settings) => Verification;
  /** Signs as the platform does, for `npx tiktok-events verify`. */
  readonly sign: (request: SigningRequest, settings: Settings) => SignatureHeaders;
  /** The encoding of secrets that are not plain text. */
  readonly secretEncoding?: (settings: Settings) => SecretEncoding | undefined;
  /** The signed id of the delivery, which stays the same on every retry. */
  readonly deliveryId?: (headers: WebhookHeaders, settings: Settings) => string | undefined;
  readonly fetch?: OrderApi<Settings>;
  /** The names of the events that `map` makes. */
  readonly eventNames?: (settings: Settings) => readonly string[];
  /** Without it, the body contains event objects, or the mapping in the stage file makes the events. */
  readonly map?: (input: MapInput<Settings>) => WebhookOutcome;
}

/** A platform in the registry, with the type of its settings hidden. */
export interface Platform extends PlatformFacts {
  readonly methods: readonly WebhookMethod[];
  readonly settings: () => SettingsSchema<CommonSettings>;
  /** @param settings of one source, valid against the schema above */
  readonly bind: (settings: unknown) => BoundPlatform;
}

/** A platform with the settings of one source. */
export interface BoundPlatform extends PlatformFacts, BoundRequestForms {
  readonly verify: (request: SignedRequest) => Verification;
  readonly sign: (request: SigningRequest) => SignatureHeaders;
  readonly secretEncoding: SecretEncoding | undefined;
  readonly deliveryId: (headers: WebhookHeaders) => string | undefined;
  readonly fetch: BoundOrderApi | undefined;
  readonly eventNames: readonly string[];
  readonly map: ((input: Omit<MapInput<never>, 'settings'>) => WebhookOutcome) | undefined;
}

/** Hides the type of the settings, so that platforms with different settings fit in one list. */
export function definePlatform<Settings extends CommonSettings>(
  definition: PlatformDefinition<Settings>,
): Platform {
  const {
    settings: schema,
    verify,
    sign,
    secretEncoding,
    deliveryId,
    fetch,
    eventNames,
    map,
    ...facts
  } = definition;
  const bind = (input: unknown): BoundPlatform => {
    const settings = schema().parse(input);
    const signHeaders = (request: SigningRequest) => sign(request, settings);
    return {
      ...facts,
      ...bindForms(definition, settings, signHeaders),
      verify: (request) =>
        request.secrets.some((secret) => secret !== '') ? verify(request, settings) : reject('no_secret'),
      sign: signHeaders,
      secretEncoding: secretEncoding?.(settings),
      deliveryId: (headers) => deliveryId?.(headers, settings),
      fetch: fetch && {
        baseUrl: fetch.baseUrl(settings),
        headers: fetch.headers,
        read: (content, read) => fetch.read(content, read, settings),
      },
      eventNames: eventNames?.(settings) ?? [],
      map: map && ((webhook) => map({ ...webhook, settings })),
    };
  };
  return { methods: ['POST'], ...facts, settings: schema, bind };
}
