/**
 * Foresees what a webhook becomes, with the gateway's own mapping and the settings of the source. The answer of a gateway
 * says how many events it accepted; this says which event, and under which id TikTok shows it.
 */
import { asText, isPayload } from '../../lib/payload/values.ts';
import { mapWebhook, openWebhook } from '../../lib/webhooks/map-webhook.ts';
import { type PreparedSource, prepareSources } from '../../lib/webhooks/prepare-source.ts';
import { skip } from '../../lib/webhooks/webhook-outcome.ts';
import type { WebhookContent } from './content/make-content.ts';
import type { TriggerSource } from './source/trigger-source.ts';

export type Foreseen =
  | { readonly kind: 'event'; readonly name: string; readonly id: string | undefined }
  | {
      readonly kind: 'skipped';
      readonly reason: string;
      /** The setting or field that decided. */
      readonly detail?: string | undefined;
    };

interface ForeseenWebhook {
  readonly source: TriggerSource;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: WebhookContent;
  readonly nowMs: number;
}

/** @returns the outcome of each event; undefined when the order is in an API that only the gateway reads */
export async function foresee(webhook: ForeseenWebhook): Promise<readonly Foreseen[] | undefined> {
  const { source, content, nowMs } = webhook;
  const headers = { 'content-type': content.contentType ?? 'application/json', ...webhook.headers };
  const prepared = (await prepareSources({ [source.name]: source.settings })).get(source.name);
  if (prepared === undefined || prepared.platform.isPing?.(headers, content.body)) return [];
  const received = { source: prepared, headers, body: content.body, nowMs };
  const opened = openWebhook(received);
  const read = await readDocuments(opened, prepared, headers, content);
  if (read === undefined) return undefined;
  return mapWebhook(received, { ...opened, content: read }).outcomes.map((outcome): Foreseen => {
    if (outcome.kind === 'skipped') return outcome;
    const { event_name: name, event_id: id } = outcome.event;
    return { kind: 'event', name: asText(name) ?? '', id: asText(id) ?? outcome.fallbackId };
  });
}

type Opened = ReturnType<typeof openWebhook>;

/** Reads the documents in place of the platform's API. */
async function readDocuments(
  { topic, content: opened }: Opened,
  { platform: { fetch } }: PreparedSource,
  headers: ForeseenWebhook['headers'],
  { documents = {} }: WebhookContent,
): Promise<Opened['content'] | undefined> {
  if (fetch === undefined || opened.kind === 'skipped') return opened;
  const { payload } = opened;
  if (!isPayload(payload)) return skip('unexpected_body');
  let isMissing = false;
  const content = await fetch.read({ topic, headers, payload }, async (path) => {
    const document = Object.values(documents).find((one) => one.path === path.split('?', 1)[0]);
    isMissing ||= document === undefined;
    return document?.json;
  });
  return isMissing ? undefined : content;
}
