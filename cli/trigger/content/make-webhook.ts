/** Makes the headers and the body of a webhook: of its topic from the chosen facts, or around the user's own body. */
import { usageError } from '../../errors/cli-error.ts';
import type { Target } from '../parse-target.ts';
import { readBody } from '../request/read-body.ts';
import { createFacts } from '../samples/facts.ts';
import { sampleOf, samplesOf } from '../samples/platforms.ts';
import type { Sets } from '../set/parse-sets.ts';
import type { TriggerSource } from '../source/trigger-source.ts';
import { makeContent, ownContent, type WebhookContent } from './make-content.ts';

export interface MadeWebhook {
  readonly content: WebhookContent;
  /** Of the platform, without the signature. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface WebhookChoices {
  readonly target: Target;
  readonly source: Pick<TriggerSource, 'settings'>;
  readonly sets: Sets;
  readonly nowMs: number;
}

/** @param file the value of --body */
export async function makeWebhook(choices: WebhookChoices, file: string | undefined): Promise<MadeWebhook> {
  return file === undefined ? sampleWebhook(choices) : ownWebhook(choices, await readBody(file));
}

export function sampleWebhook({ target, source, sets, nowMs }: WebhookChoices): MadeWebhook {
  const known = samplesOf(target.platform);
  const sample = sampleOf(target.platform, target.topic);
  if (known === undefined || sample === undefined) throw usageError('There is no body for this topic.');
  const choices = { sets, nowMs, settings: source.settings };
  const { context, content } = makeContent(sample, choices, known.indent);
  return { content, headers: known.headers(context) };
}

function ownWebhook({ target, source, sets, nowMs }: WebhookChoices, body: Uint8Array): MadeWebhook {
  const context = { topic: target.topic, facts: createFacts({}, nowMs).facts, settings: source.settings };
  return { content: ownContent(body, sets), headers: samplesOf(target.platform)?.headers(context) ?? {} };
}

/** What a webhook with only an id says itself. */
const ownFacts = new Set(['id', 'placed', 'paid']);

/**
 * A deployed gateway reads the order from the platform's API, so that the order must be there.
 * @throws CliError without an id, and for what cannot be chosen
 */
export function forRealApi({ content, headers }: MadeWebhook, { target, sets }: WebhookChoices): MadeWebhook {
  const { documents, ...webhook } = content;
  if (documents === undefined) return { content, headers };
  const name = `${target.platform}:${target.topic}`;
  const read = `The gateway reads what ${name} is about from the API of the platform`;
  if (sets.facts.id === undefined)
    throw usageError(`${read}: choose one that the store has with --set id=<its id>.`);
  const others = [
    ...Object.keys(sets.facts).filter((fact) => !ownFacts.has(fact)),
    ...sets.fields.flatMap(({ segments: [first = ''] }) => (Object.hasOwn(documents, first) ? [first] : [])),
  ];
  if (others.length > 0)
    throw usageError(`--set ${others.join(', ')}: ${read}. Only ${[...ownFacts].join(', ')} can be chosen.`);
  return { content: webhook, headers };
}
