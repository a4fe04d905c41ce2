/** The rules of a stage file that involve two settings; each protects a promise of the gateway. */
import type * as z from 'zod/mini';
import { isBelow } from '../collect/origins.ts';
import { type CollectSettings, purchaseNames } from '../collect/settings.ts';
import { lifetimeMs } from '../queue/message.ts';
import type { stageSchema } from './stage.ts';
import { brokenSyncRules } from './sync/sync-rules.ts';

type Settings = z.infer<typeof stageSchema>;

const day = 86_400;

/** @returns one sentence per broken rule, with the settings named and their values left out */
export function brokenStageRules(stage: Settings): string[] {
  return [
    ...deadLettersLiveLongEnough(stage),
    ...waitsCoverAnOutage(stage),
    ...namesExist(stage),
    ...collectorFits(stage),
    ...brokenSyncRules(stage),
    ...alarmsAreOrdered(stage),
    ...previousKeysDiffer(stage),
    ...callersPassTheProxy(stage),
    ...arnsAreInTheRegion(stage),
  ];
}

/** A message that SQS moves keeps its original timestamp, so both retention times matter (promise 1). */
function deadLettersLiveLongEnough({ queue }: Settings): string[] {
  if (queue.deadLetterRetentionDays - queue.retentionDays >= 10) return [];
  return ['queue.deadLetterRetentionDays must be at least 10 days more than queue.retentionDays'];
}

/** The second-to-last receive parks the message: it must come after a 24 h outage and before 47 h pass (promise 4). */
function waitsCoverAnOutage({ delivery }: Settings): string[] {
  return (['retryStepsSeconds', 'holdStepsSeconds'] as const).flatMap((setting) => {
    const waits = totalWaitSeconds(delivery[setting], delivery.maxReceiveCount - 2);
    if (waits < day)
      return [`delivery.${setting} and delivery.maxReceiveCount together must wait at least 24 hours`];
    // Jitter lengthens a wait by 20 % at most; TikTok deduplicates for 48 h only.
    if (waits * 1.2 > lifetimeMs / 1000)
      return [`delivery.${setting} and delivery.maxReceiveCount together must wait less than 39 hours`];
    return [];
  });
}

function totalWaitSeconds(steps: readonly number[], waits: number): number {
  const last = steps.at(-1) ?? 0;
  return Array.from({ length: waits }, (_, index) => steps[index] ?? last).reduce(
    (sum, step) => sum + step,
    0,
  );
}

function namesExist({ destinations, sources }: Settings): string[] {
  const none = Object.keys(destinations).length === 0 ? ['destinations must have at least one entry'] : [];
  const unknown = Object.entries(sources)
    .filter(([, source]) => !Object.hasOwn(destinations, source.destination))
    .map(([name]) => `sources.${name}.destination must be the name of an entry of destinations`);
  return [...none, ...unknown];
}

function collectorFits({ collect, destinations }: Settings): string[] {
  if (collect === undefined) return [];
  const { cookieDomain, origins } = collect;
  const unknown = collect.destinations.flatMap((name, index) =>
    Object.hasOwn(destinations, name)
      ? []
      : [`collect.destinations[${index}] must be the name of an entry of destinations`],
  );
  const unused = namesTurnedOn(collect);
  const isForeign = cookieDomain !== undefined && !origins.every((origin) => isBelow(origin, cookieDomain));
  const foreign = 'collect.cookieDomain must be the domain of all collect.origins: no browser stores another';
  return [...unknown, ...(isForeign ? [foreign] : []), ...unused];
}

/** Each setting is a second switch for names that the list must have: without them, it would do nothing, and say nothing. */
function namesTurnedOn({ events, pageViews, purchases }: CollectSettings): string[] {
  const hasPurchase = purchaseNames.some((name) => events.includes(name));
  return [
    ...(pageViews && !events.includes('Pageview')
      ? ['collect.pageViews needs Pageview among collect.events: add the name, or remove collect.pageViews']
      : []),
    ...(purchases && !hasPurchase
      ? [
          'collect.purchases needs a purchase such as Purchase among collect.events: add the name, or remove collect.purchases',
        ]
      : []),
  ];
}

function alarmsAreOrdered({ alarms }: Settings): string[] {
  if (alarms.queueAgeWarningSeconds < alarms.queueAgeCriticalSeconds) return [];
  return ['alarms.queueAgeWarningSeconds must be less than alarms.queueAgeCriticalSeconds'];
}

/** An entry that equals the current key is a mistake in a key change: one of the two lines was not edited yet. */
function previousKeysDiffer({ kmsKeyArn, previousKmsKeyArns = [] }: Settings): string[] {
  if (kmsKeyArn === undefined || !previousKmsKeyArns.includes(kmsKeyArn)) return [];
  return ['previousKmsKeyArns must not contain kmsKeyArn: it lists the keys that came before'];
}

/** With a secret that only the proxy knows, the gateway's own URL answers every request with 403. */
function callersPassTheProxy({ api }: Settings): string[] {
  if (api.originSecretSha256 === undefined || api.publicUrl !== undefined) return [];
  return ['api.originSecretSha256 needs api.publicUrl, the address of the proxy that sends the secret'];
}

/** SQS, Secrets Manager and a regional API accept keys and certificates of their own region only. */
function arnsAreInTheRegion({ region, kmsKeyArn, previousKmsKeyArns = [], api }: Settings): string[] {
  const arns: readonly (readonly [setting: string, arn: string | undefined])[] = [
    ['kmsKeyArn', kmsKeyArn],
    ...previousKmsKeyArns.map((arn, index) => [`previousKmsKeyArns[${index}]`, arn] as const),
    ['api.domain.certificateArn', api.domain?.certificateArn],
  ];
  return arns
    .filter(([, arn]) => arn !== undefined && arn.split(':')[3] !== region)
    .map(([setting]) => `${setting} must be in the region that \`region\` names`);
}
