/** Makes the webhook of a target, and prints it, or sends it and reports what became of it. */
import { usageError } from '../errors/cli-error.ts';
import type { Stage } from '../stage/stage.ts';
import { confirmChange } from '../terminal/confirm.ts';
import { forRealApi, makeWebhook, sampleWebhook, type WebhookChoices } from './content/make-webhook.ts';
import { foresee } from './foresee.ts';
import type { TriggerOptions } from './options.ts';
import type { Target } from './parse-target.ts';
import { reportAnswer } from './report-answer.ts';
import { makeRequest, type WebhookRequest } from './request/make-request.ts';
import { parseHeaders } from './request/own-headers.ts';
import { postWebhook, storeDocuments } from './request/post-webhook.ts';
import { printRequest } from './request/print-request.ts';
import { noSets, parseSets } from './set/parse-sets.ts';
import { findSource } from './source/find-source.ts';
import { fateOf, nextStep, type Place, placeOf, remediesOf } from './source/place.ts';
import { isPublic, signingSecret } from './source/signing-secret.ts';
import type { TriggerSource } from './source/trigger-source.ts';

export async function runTrigger(
  stage: Stage,
  target: Target,
  options: TriggerOptions,
  nowMs: number,
): Promise<void> {
  if (options.body === '-' && options.secretStdin === true)
    throw usageError('Standard input is only one of --body - and --secret-stdin: give the body as a file.');
  const sets = parseSets(options.set ?? [], nowMs);
  const ownHeaders = parseHeaders(options.header ?? []);
  const place = await placeOf(stage);
  const source = findSource(place, target, options.source);
  const choices = { target, source, sets, nowMs };
  const sample = await makeWebhook(choices, options.body);
  const made = place.isHere ? sample : forRealApi(sample, choices);
  const secret = made.content.isUnsigned
    ? ''
    : await signingSecret(stage, source, options.secretStdin === true);
  const request = makeRequest({ apiUrl: place.apiUrl, source, ...made, ownHeaders, secret, nowMs });
  if (options.print === true) {
    const hidden = isPublic(secret, source) ? undefined : secret;
    return printRequest(request, { isJson: options.json === true, hidden });
  }
  await send(request, { place, choices, source, foreseen: { ...made, headers: request.headers } }, options);
}

interface Sending {
  readonly place: Place;
  readonly choices: WebhookChoices;
  readonly source: TriggerSource;
  readonly foreseen: Awaited<ReturnType<typeof makeWebhook>>;
}

async function send(request: WebhookRequest, sending: Sending, options: TriggerOptions): Promise<void> {
  const { place, choices, source } = sending;
  await confirmChange({
    isLoopback: place.isHere || source.settings.dryRun,
    yes: options.yes === true,
    action: `send this webhook to ${place.name}, where its event ${fateOf(source)}`,
  });
  const remedies = remediesOf(place, source);
  await storeDocuments(request.documents, remedies);
  const answer = await postWebhook(request, remedies);
  reportAnswer({
    isJson: options.json === true,
    target: choices.target,
    source: source.name,
    // Its query can have the token of the source.
    url: request.url.split('?', 1)[0] ?? '',
    answer,
    foreseen: await foresee({ source, ...sending.foreseen, nowMs: choices.nowMs }),
    usualSkips: options.body === undefined ? await usualSkips(choices, source) : [],
    next: nextStep(place, source),
  });
}

/** @returns the reasons for which the unchanged body of the topic is skipped */
async function usualSkips(choices: WebhookChoices, source: TriggerSource): Promise<readonly string[]> {
  const made = sampleWebhook({ ...choices, sets: noSets });
  const outcomes = (await foresee({ source, ...made, nowMs: choices.nowMs })) ?? [];
  return outcomes.flatMap((outcome) => (outcome.kind === 'skipped' ? [outcome.reason] : []));
}
