/**
 * The schema of a stage file: everything that differs between two deployed stages, and nothing else.
 * An unknown, missing or impossible setting stops packaging; `read-stage.ts` names it without its value.
 */
import * as z from 'zod/mini';
import { collectSchema } from '../collect/settings.ts';
import { consentModes } from '../events/consent.ts';
import { destinationsSchema, settingName } from '../events/destination.ts';
import { syncsSchema } from '../sync/settings.ts';
import { sourcesSchema } from '../webhooks/source-settings.ts';
import { alarmsSchema } from './alarm-settings.ts';
import { deliverySchema } from './delivery-settings.ts';
import { regions } from './regions.ts';
import { originDigest, text, whole } from './setting-forms.ts';

const arn = (service: string, rest: string) =>
  text(new RegExp(`^arn:aws[a-z-]*:${service}:${rest}$`), `an ARN of ${service}`);

const name = text(settingName, 'letters, digits, - and _ (64 at most)');

const throttle = z.strictObject({ perSecond: whole(1, 10_000), burst: whole(1, 10_000) });

const api = z.strictObject({
  throttle: z.strictObject({
    default: throttle,
    events: throttle,
    webhooks: throttle,
    oauth: throttle,
    /** Each of the collector's routes; a visitor causes one request an event. */
    collect: z._default(throttle, { perSecond: 100, burst: 200 }),
  }),
  /** What the field `consent` of an event means: `always` unless it is set. */
  consent: z.optional(z.enum(consentModes)),
  corsOrigins: z
    .array(text(/^https:\/\/[a-z0-9.-]+(:\d{1,5})?$/, 'an exact origin such as https://shop.example.com'))
    .check(z.maxLength(20)),
  publicUrl: z.optional(
    text(/^https:\/\/[a-z0-9.-]+(\/[A-Za-z0-9._/-]*[A-Za-z0-9])?$/, 'an https URL without a trailing slash'),
  ),
  domain: z.optional(
    z.strictObject({
      name: text(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a host name such as events.example.com'),
      certificateArn: arn('acm', '[a-z0-9-]+:\\d{12}:certificate/[a-z0-9-]+'),
      keepDefaultEndpoint: z.optional(z.boolean()),
    }),
  ),
  /** Two at most: the proxy's current secret and its replacement. */
  originSecretSha256: z.optional(z.array(originDigest()).check(z.minLength(1), z.maxLength(2))),
});

const queue = z.strictObject({
  retentionDays: whole(3, 14),
  deadLetterRetentionDays: whole(10, 14),
  retainOnRemoval: z.boolean(),
});

const delivery = z.extend(deliverySchema(), {
  windowSeconds: whole(1, 300),
  /** The visibility timeout is six times as long: above 60 s, a crash would delay its messages by over 6 minutes. */
  timeoutSeconds: whole(15, 60),
  maximumConcurrency: whole(2, 1000),
  /** TikTok allows 1,000 calls per second, the same in all tiers. */
  tiktokCallsPerSecond: whole(20, 1000),
  /** Access tokens are sent to this host. */
  tiktokApiUrl: text(
    /^https:\/\/([a-z0-9-]+\.)+tiktok\.com$/,
    'an https URL below tiktok.com without a path',
  ),
});

/** Lambda offers 128 MB to 10 GB; below 256 MB a cold start takes seconds. */
const memoryMb = whole(256, 3008);
const logRetentionDays = z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365]);

const pipelines = z.strictObject({
  producers: z.array(arn('iam', ':\\d{12}:(root|role/.+|user/.+)')),
  snsTopics: z.record(
    name,
    z.strictObject({
      topicArn: arn('sns', '[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]+'),
      rawMessageDelivery: z.boolean(),
    }),
  ),
  eventBridgeRules: z.record(
    name,
    z.strictObject({ bus: z.string().check(z.minLength(1)), pattern: z.record(z.string(), z.unknown()) }),
  ),
});

const kmsKey = arn('kms', '[a-z0-9-]+:\\d{12}:key/[a-z0-9-]+');

export const stageSchema = z.strictObject({
  region: z
    .string()
    .check(z.refine((name) => regions.has(name), 'expected an AWS region such as eu-central-1')),
  accountId: z.optional(text(/^\d{12}$/, 'the 12 digits of an AWS account, in quotes')),
  terminationProtection: z._default(z.boolean(), false),
  /** CloudFormation accepts 0 to 180; the alarms have periods of 5 minutes. */
  rollbackOnAlarm: z.optional(z.strictObject({ minutes: whole(5, 180) })),
  destinations: destinationsSchema,
  sources: sourcesSchema(),
  /** Without it the stage has no collector: no function, no route, no script. */
  collect: z.optional(collectSchema()),
  /** Without an entry the stage has no function `sync` and no table. */
  syncs: z._default(syncsSchema(), {}),
  api,
  queue,
  delivery,
  memoryMb: z.strictObject({
    ingest: memoryMb,
    webhook: memoryMb,
    deliver: memoryMb,
    oauth: memoryMb,
    meta: memoryMb,
    collect: z._default(memoryMb, 512),
    sync: z._default(memoryMb, 512),
  }),
  /** Never for deliver: an invocation that Lambda throttles costs its messages a receive. */
  reservedConcurrency: z.optional(
    z.strictObject({
      ingest: z.optional(whole(1, 1000)),
      webhook: z.optional(whole(1, 1000)),
      collect: z.optional(whole(1, 1000)),
    }),
  ),
  logs: z.strictObject({
    /** Lambda treats lines without a level, such as metrics, as INFO: a higher level would drop them. */
    level: z.enum(['DEBUG', 'INFO']),
    retentionDays: logRetentionDays,
    platformLines: z.boolean(),
  }),
  kmsKeyArn: z.optional(kmsKey),
  /** Earlier values of `kmsKeyArn`: data that was encrypted with these keys can still be read. */
  previousKmsKeyArns: z.optional(z.array(kmsKey).check(z.maxLength(10))),
  permissionsBoundaryArn: z.optional(
    text(/^arn:aws[a-z-]*:iam::\d{12}:policy\/[A-Za-z0-9+=,.@_/-]+$/, 'the ARN of an IAM policy'),
  ),
  alarms: alarmsSchema,
  pipelines,
});

export interface StageSettings extends z.infer<typeof stageSchema> {
  /** Sources without the defaults, which the functions add again. */
  readonly sourcesAsWritten: Readonly<Record<string, unknown>>;
}
