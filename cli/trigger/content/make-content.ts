/** Makes the body of a webhook: built for its topic from the chosen facts, or the user's own, with the chosen fields. */
import { isSafeNumber, LosslessNumber, parse, stringify } from 'lossless-json';
import { isObject } from '../../../lib/schema/is-object.ts';
import { usageError } from '../../errors/cli-error.ts';
import { createFacts } from '../samples/facts.ts';
import type { ApiDocument, Json, Sample, SampleContent, SampleContext } from '../samples/sample.ts';
import { changeField } from '../set/change-field.ts';
import type { FieldChange, Sets } from '../set/parse-sets.ts';

/** Content that is ready to be sent. */
export interface WebhookContent extends Omit<SampleContent, 'body'> {
  /** JSON of the platform's own form, or the user's bytes. */
  readonly body: Uint8Array;
}

interface Choices {
  readonly sets: Sets;
  readonly nowMs: number;
  readonly settings: SampleContext['settings'];
}

/** @param indent spaces of the platform's JSON. @throws CliError for a name or path of --set that has no place in the body */
export function makeContent(sample: Sample, { sets, nowMs, settings }: Choices, indent?: number) {
  const { facts, used } = createFacts(sets.facts, nowMs);
  const context: SampleContext = { topic: sample.topic, facts, settings };
  const content = sample.build(context);
  const unused = Object.keys(sets.facts).filter((name) => !used.has(name));
  if (unused.length > 0)
    throw usageError(
      `--set ${unused.join(', ')}: ${settings.platform}:${sample.topic} has no place for it. A path sets any field of the body.`,
    );
  const changed = changeFields(content, sets.fields);
  const { body } = changed;
  const text = typeof body === 'string' ? body : JSON.stringify(body, undefined, indent);
  return { context, content: { ...changed, body: Buffer.from(text) } };
}

/** The documents of a platform's API are part of the tree: `order.status_id`. */
function changeFields(content: SampleContent, fields: readonly FieldChange[]): SampleContent {
  const { body, documents = {} } = content;
  if (fields.length === 0) return content;
  if (typeof body === 'string') throw usageError('--set: this body is not JSON and has no fields.');
  const read = Object.entries(documents).map(([name, { json }]) => [name, json] as const);
  const tree: Json = structuredClone({ ...body, ...Object.fromEntries(read) });
  for (const field of fields) changeField(tree, field);
  const isDocument = (name: string): boolean => Object.hasOwn(documents, name);
  const changed = Object.entries(documents).map(([name, document]): [string, ApiDocument] => [
    name,
    { ...document, json: tree[name] },
  ]);
  return {
    ...content,
    body: Object.fromEntries(Object.entries(tree).filter(([name]) => !isDocument(name))),
    ...(content.documents && { documents: Object.fromEntries(changed) }),
  };
}

/** @param bytes as the user gave them. Without --set they are sent as they are */
export function ownContent(bytes: Uint8Array, sets: Sets): WebhookContent {
  const [fact] = Object.keys(sets.facts);
  if (fact !== undefined)
    throw usageError(
      `--set ${fact}: with --body, --set takes paths only. Write .${fact}=value for the field ${fact}.`,
    );
  if (sets.fields.length === 0) return { body: bytes };
  const parsed = parseLossless(Buffer.from(bytes).toString('utf8'));
  if (!isObject(parsed)) throw usageError('--body is not a JSON object, so --set cannot change its fields.');
  for (const field of sets.fields) changeField(parsed, field);
  return { body: Buffer.from(stringify(parsed) ?? '') };
}

/** Keeps the digits of ids above 2^53, such as those of Shopify's test notifications. */
function parseLossless(text: string): unknown {
  const numberOf = (digits: string) => (isSafeNumber(digits) ? Number(digits) : new LosslessNumber(digits));
  try {
    return parse(text.replace(/^\uFEFF/, ''), undefined, numberOf);
  } catch {
    return undefined;
  }
}
