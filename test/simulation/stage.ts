/**
 * The stage that is simulated: prod's own settings, with destinations and webhook sources that work. Each function gets its
 * environment as the stack makes it, so that a setting of stages/prod.yml has its effect here too.
 */
import { deliverSettings, ingestSettings } from '../../lib/config/environment.ts';
import { secretsPrefix } from '../../lib/config/names.ts';
import { readStage } from '../../lib/config/read-stage.ts';
import type { StageSettings } from '../../lib/config/stage.ts';
import { webhookSettings } from '../../lib/config/webhook-settings.ts';
import { lazily } from '../../lib/schema/lazy/lazily.ts';
import { parseSources } from '../../lib/webhooks/source-settings.ts';
import { environments } from '../../stack/environment.ts';
import { visibilitySeconds } from '../../stack/queues/queues.ts';

const stageName = 'prod';
const queueUrl = 'https://sqs.eu-central-1.amazonaws.com/123456789012/tiktok-events-prod';
const deadLetterQueueUrl = `${queueUrl}-dlq`;

const like = (pixelCode: string) =>
  ({ pixelCode, eventSource: 'web', currency: 'EUR', country: 'DE' }) as const;

/** Of a destination whose events all go to the test page, unless they bring another code. */
export const stageTestCode = 'TESTSTAGE';

/** All destinations can take the same events. */
const allDestinations: StageSettings['destinations'] = {
  default: like('SIMULATEDPIXEL'),
  second: like('SECONDPIXEL'),
  third: like('THIRDPIXEL'),
  fourth: like('FOURTHPIXEL'),
  fifth: like('FIFTHPIXEL'),
  sixth: { ...like('SIXTHPIXEL'), testEventCode: stageTestCode },
};

const usualDestinations: readonly string[] = ['default', 'second'];

const usualSources = {
  standard: { platform: 'standard' },
  shopify: { platform: 'shopify', contentId: 'variant_id' },
};

/** HTTP functions have no setting for it: serverless.yml says 10. */
const httpTimeoutMs = 10_000;

const prod = lazily(() => readStage(stageName));

export type DeliveryChanges = Partial<StageSettings['delivery']>;

export type SimulatedStage = ReturnType<typeof simulatedStage>;

export interface Entrances {
  /** Names of the destinations; `default` and `second` without it, six at most. */
  readonly destinations?: readonly string[];
  /** As a stage file writes them. */
  readonly sources?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** @param changes replace settings of `delivery` in stages/prod.yml */
export function simulatedStage(
  changes: DeliveryChanges = {},
  { destinations: names = usualDestinations, sources = usualSources }: Entrances = {},
) {
  const destinations = Object.fromEntries(
    Object.entries(allDestinations).filter(([name]) => names.includes(name)),
  );
  const stage: StageSettings = {
    ...prod(),
    destinations,
    sources: parseSources(sources),
    sourcesAsWritten: sources,
    delivery: { ...prod().delivery, ...changes },
  };
  const { delivery, queue } = stage;
  const environment = environments(stage, stageName);
  return {
    secretsPrefix: secretsPrefix(stageName),
    destinations,
    delivery,
    deliver: deliverSettings(withUrls(environment.deliver)),
    ingest: ingestSettings(withUrls(environment.ingest)),
    webhook: webhookSettings(withUrls(environment.webhook)),
    timeoutMs: { deliver: delivery.timeoutSeconds * 1000, http: httpTimeoutMs },
    sqs: {
      queueUrl,
      deadLetterQueueUrl,
      visibilityTimeoutMs: visibilitySeconds(stage) * 1000,
      maxReceiveCount: delivery.maxReceiveCount,
      retentionMs: queue.retentionDays * dayMs,
      deadLetterRetentionMs: queue.deadLetterRetentionDays * dayMs,
    },
  };
}

const dayMs = 86_400_000;

/** The stack refers to the queues, whose URLs are known only at deployment. */
const withUrls = (
  environment: ReturnType<typeof environments>['deliver'],
): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : urls[value.Ref],
    ]),
  );

const urls: Readonly<Record<string, string>> = { EventQueue: queueUrl, DeadLetterQueue: deadLetterQueueUrl };
