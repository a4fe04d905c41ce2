/** Lists the platforms and topics that can be triggered, each with what it becomes by the default settings. */
import { commandLine } from '../terminal/command-line.ts';
import { showResult, table } from '../terminal/output.ts';
import { sampleWebhook } from './content/make-webhook.ts';
import { type Foreseen, foresee } from './foresee.ts';
import { checkPlatform } from './parse-target.ts';
import { samplePlatforms } from './samples/platforms.ts';
import type { Sample, SamplePlatform } from './samples/sample.ts';
import { noSets } from './set/parse-sets.ts';
import { exampleSettings } from './source/example-source.ts';

/** @param platform only this one; all when undefined */
export async function showList(isJson: boolean, platform: string | undefined, nowMs: number): Promise<void> {
  if (platform !== undefined) checkPlatform(platform);
  const shown = samplePlatforms.filter(({ platform: name }) => (platform ?? name) === name);
  const entries = await Promise.all(
    shown.flatMap((one) => one.samples.map((sample) => entryOf(one, sample, nowMs))),
  );
  showResult(isJson, { triggers: entries }, () => describeAll(entries));
}

type Entry = Awaited<ReturnType<typeof entryOf>>;

function describeAll(entries: readonly Entry[]): string {
  const rows = entries.map(({ trigger, when, becomes, reason }) => [
    trigger,
    when,
    becomes ?? `skipped: ${reason}`,
  ]);
  const [first] = entries;
  return [
    ...(first === undefined ? [] : [table(rows), '']),
    'A custom source has no body of its own: custom:<source> --body <file>.',
    ...(first === undefined ? [] : [`Try one: ${commandLine(`trigger ${first.trigger}`)}`]),
  ].join('\n');
}

async function entryOf({ platform }: SamplePlatform, { topic, when }: Sample, nowMs: number) {
  const source = { name: 'shop', settings: exampleSettings(platform), destination: undefined };
  const made = sampleWebhook({ target: { platform, topic }, source, sets: noSets, nowMs });
  const [outcome] = (await foresee({ source, ...made, nowMs })) ?? [];
  return { trigger: `${platform}:${topic}`, when, ...describe(outcome) };
}

const describe = (outcome: Foreseen | undefined): { readonly becomes?: string; readonly reason?: string } =>
  outcome?.kind === 'event' ? { becomes: outcome.name } : { reason: outcome?.reason ?? 'ping' };
