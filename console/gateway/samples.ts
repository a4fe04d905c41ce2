/**
 * What the console can send on this machine: made-up events, and a signed webhook of each topic that the sources of the
 * running stage know. Every one has fresh ids, so that none is a duplicate.
 */
import type { LocalSettings } from '../../cli/stage/local-settings.ts';
import { sampleWebhook } from '../../cli/trigger/content/make-webhook.ts';
import { makeRequest } from '../../cli/trigger/request/make-request.ts';
import { samplesOf } from '../../cli/trigger/samples/platforms.ts';
import { noSets } from '../../cli/trigger/set/parse-sets.ts';
import type { SourceSettings } from '../../lib/webhooks/source-settings.ts';
import { exampleEvent } from '../../local/stage/example-event.ts';
import type { SamplesAnswer } from '../api.ts';
import { type EventRequest, eventRequest, freshId } from './event-request.ts';

export interface SampleContext {
  readonly url: string;
  readonly apiKey: string;
  readonly settings: LocalSettings;
  /** @returns the secret that signs the webhooks of a source */
  readonly secretOf: (source: string, settings: SourceSettings) => string;
  readonly nowMs: number;
}

export interface SampleRequest extends Omit<EventRequest, 'body'> {
  readonly body: string | Uint8Array;
  /** What the local platform API must have before: the order that the webhook names. */
  readonly documents: readonly { readonly url: string; readonly json: unknown }[];
}

interface Sample {
  readonly label: string;
  readonly group: 'Event' | 'Webhook';
  readonly make: (context: SampleContext) => SampleRequest;
}

/** What shops send most. */
const eventNames = [
  'Purchase',
  'AddToCart',
  'InitiateCheckout',
  'ViewContent',
  'CompleteRegistration',
  'Lead',
];

export const listSamples = (settings: LocalSettings): SamplesAnswer => ({
  samples: [...allSamples(settings)].map(([id, { label, group }]) => ({ id, label, group })),
});

/** @returns undefined for an id that is not in the list */
export const makeSample = (id: string, context: SampleContext): SampleRequest | undefined =>
  allSamples(context.settings).get(id)?.make(context);

const allSamples = (settings: LocalSettings): ReadonlyMap<string, Sample> =>
  new Map([
    ...eventNames.map((name) => [`event:${name}`, eventSample(name)] as const),
    ...Object.entries(settings.sources).flatMap(([name, source]) => webhookSamples(name, source)),
  ]);

const eventSample = (name: string): Sample => ({
  label: name,
  group: 'Event',
  make: ({ settings, ...api }) => {
    const event = { ...exampleEvent(settings), event_name: name, event_id: freshId() };
    return { ...eventRequest(api, event), documents: [] };
  },
});

function webhookSamples(name: string, settings: SourceSettings): (readonly [string, Sample])[] {
  const { platform } = settings;
  return (samplesOf(platform)?.samples ?? []).map(({ topic }) => [
    `webhook:${name}:${topic}`,
    {
      label: `${name} · ${topic}`,
      group: 'Webhook',
      make: ({ url: apiUrl, settings: { destinations }, secretOf, nowMs }) => {
        const source = { name, settings, destination: destinations[settings.destination] };
        const { content, headers } = sampleWebhook({
          target: { platform, topic },
          source,
          sets: noSets,
          nowMs,
        });
        const secret = content.isUnsigned === true ? '' : secretOf(name, settings);
        return makeRequest({ apiUrl, source, content, headers, ownHeaders: {}, secret, nowMs });
      },
    },
  ]);
}
