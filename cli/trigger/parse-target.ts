/** Reads the target of a trigger: `shopify:orders/paid`, or `custom:<source>`. */
import { nearestName } from '../../lib/schema/nearest-name.ts';
import { platforms } from '../../lib/webhooks/platforms.ts';
import { usageError } from '../errors/cli-error.ts';
import { commandLine } from '../terminal/command-line.ts';
import { sampleOf, samplesOf } from './samples/platforms.ts';

export interface Target {
  readonly platform: string;
  /** For `custom`, the name of the source. */
  readonly topic: string;
}

/**
 * @param hasBody true with --body: then the topic may be one that the command knows no body for
 * @throws CliError that names the nearest platform or topic
 */
export function parseTarget(text: string, hasBody: boolean): Target {
  const at = text.indexOf(':');
  const platform = at < 0 ? text : text.slice(0, at);
  const topic = at < 0 ? '' : text.slice(at + 1);
  checkPlatform(platform);
  if (platform === 'custom') {
    if (topic === '')
      throw usageError('Write custom:<source>, with the name of the source in the stage file.');
    if (!hasBody) throw usageError('A custom source has no body of its own: give one with --body <file>.');
  } else if (!hasBody || (topic === '' && samplesOf(platform)?.hasTopicHeader)) checkTopic(platform, topic);
  return { platform, topic };
}

/** @throws CliError that names the nearest platform */
export function checkPlatform(platform: string): void {
  const known = platforms.map(({ name }) => name).filter((name) => name === 'custom' || samplesOf(name));
  if (known.includes(platform)) return;
  const near = nearestName(platform, known);
  throw usageError(
    `There is no platform of this name.${near === undefined ? '' : ` Did you mean ${near}?`} Platforms: ${known.join(', ')}. ${seeList}`,
  );
}

const seeList = `${commandLine('trigger --list')} shows all topics.`;

function checkTopic(platform: string, topic: string): void {
  if (sampleOf(platform, topic) !== undefined) return;
  const known = samplesOf(platform)?.samples.map((sample) => sample.topic) ?? [];
  const near = nearestTopic(topic, known);
  const hint = near === undefined ? '' : ` Did you mean ${platform}:${near}?`;
  throw usageError(
    `${platform} has no such topic here.${hint} Topics: ${known.join(', ')}. Any other topic needs a body of yours: --body <file>.`,
  );
}

/** A part of a topic is enough, such as `order/created` of `store/order/created`; platforms differ in `/` and `.`. */
function nearestTopic(topic: string, known: readonly string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replaceAll('.', '/');
  const wanted = plain(topic);
  const nearest = nearestName(wanted, known.map(plain));
  const isPart = topic.length >= 4;
  return (
    known.find((one) => isPart && plain(one).endsWith(wanted)) ??
    known.find((one) => plain(one) === nearest) ??
    known.find((one) => isPart && plain(one).includes(wanted))
  );
}
