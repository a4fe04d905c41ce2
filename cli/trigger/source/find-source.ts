/** Finds the source that receives a triggered webhook: the only one of its platform, the platform's namesake, or --source. */
import { readStage } from '../../../lib/config/read-stage.ts';
import { stageFileName } from '../../../lib/config/stage-file.ts';
import type { Destination } from '../../../lib/events/destination.ts';
import { nearestName } from '../../../lib/schema/nearest-name.ts';
import type { SourceSettings } from '../../../lib/webhooks/source-settings.ts';
import { usageError } from '../../errors/cli-error.ts';
import type { Target } from '../parse-target.ts';
import { exampleSettings } from './example-source.ts';
import type { Place } from './place.ts';
import type { TriggerSource } from './trigger-source.ts';

interface KnownSources {
  readonly sources: Readonly<Record<string, SourceSettings>>;
  readonly destinations: Readonly<Record<string, Destination>>;
  /** Where the sources are, for messages. */
  readonly where: string;
}

/** @param wanted the value of --source. @throws CliError that lists the sources to choose from */
export function findSource(place: Place, { platform, topic }: Target, wanted?: string): TriggerSource {
  const known = knownSources(place, platform, wanted);
  const { sources, destinations, where } = known;
  const name = wanted ?? (platform === 'custom' ? topic : onlyOne(platform, known));
  const settings = Object.hasOwn(sources, name) ? sources[name] : undefined;
  if (settings === undefined) throw unknownSource(name, known);
  if (settings.platform !== platform)
    throw usageError(
      `The source ${name} of ${where} has the platform ${settings.platform}, not ${platform}.`,
    );
  return { name, settings, destination: destinations[settings.destination] };
}

function knownSources({ stage, runs }: Place, platform: string, wanted: string | undefined): KnownSources {
  if (stage.isLocal && runs !== undefined) return { ...runs, where: 'npm start' };
  if (stage.isLocal) return sourceElsewhere(platform, wanted);
  const { sources, destinations } = readStage(stage.name);
  return { sources, destinations, where: stageFileName(stage.name) };
}

/** At an address without a stage, the source has the settings that a platform needs at least. */
function sourceElsewhere(platform: string, name = platform): KnownSources {
  if (platform === 'custom')
    throw usageError('The settings of a custom source say how it signs: name its stage with --stage.');
  return { sources: { [name]: exampleSettings(platform) }, destinations: {}, where: 'this address' };
}

function onlyOne(platform: string, known: KnownSources): string {
  const { sources, where } = known;
  const names = Object.keys(sources).filter((name) => sources[name]?.platform === platform);
  const [first] = names;
  if (first === undefined)
    throw usageError(`There is no source of the platform ${platform} in ${where}. ${listOf(known)}`);
  if (names.length === 1) return first;
  if (names.includes(platform)) return platform;
  throw usageError(
    `There are several sources of the platform ${platform} in ${where}. Choose one with --source: ${names.join(', ')}.`,
  );
}

function unknownSource(name: string, known: KnownSources) {
  const near = nearestName(name, Object.keys(known.sources));
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return usageError(`There is no source of this name in ${known.where}.${hint} ${listOf(known)}`);
}

function listOf({ sources }: KnownSources): string {
  const names = Object.entries(sources).map(([name, { platform }]) =>
    name === platform ? name : `${name} (${platform})`,
  );
  return names.length === 0 ? 'It has no sources.' : `Its sources: ${names.join(', ')}.`;
}
