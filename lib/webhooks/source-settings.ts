/**
 * The settings of the sources of a stage: which platform sends, to which destination its events go, and the choices
 * that only the shop can make. Every default is documented in docs/sources/.
 */
import * as z from 'zod/mini';
import { Misconfigured } from '../errors/app-error.ts';
import { destinationName } from '../events/destination.ts';
import { isObject } from '../schema/is-object.ts';
import { lazily } from '../schema/lazy/lazily.ts';
import type { CommonSettings } from './common-settings.ts';
import { type Platforms, platforms } from './platforms.ts';

export type SourceSettings = CommonSettings;
export type Sources = Readonly<Record<string, SourceSettings>>;

/** Source names are part of the webhook URL and of log lines. */
function sourcesSchemaOf([first, ...others]: Platforms) {
  const schemas = others.map(({ settings }) => settings());
  return z.record(destinationName, z.discriminatedUnion('platform', [first.settings(), ...schemas]));
}

export const sourcesSchema = lazily(() => sourcesSchemaOf(platforms));

/** @throws Misconfigured that names the first wrong settings, such as `sources.shop.contentId`, and never their values */
export function parseSources(input: unknown, among: Platforms = platforms): Sources {
  const parsed = sourcesSchemaOf(platformsIn(input, among)).safeParse(input);
  if (parsed.success) return parsed.data;
  const [first, ...others] = parsed.error.issues.slice(0, 5);
  const more = others.map((issue) => `; ${pathOf(issue)} ${problemOf(issue)}`).join('');
  throw new Misconfigured(
    pathOf(first),
    `${problemOf(first)}${more} (docs/sources lists the settings of each platform)`,
  );
}

/**
 * A stage uses few platforms, and the settings of all of them take 220 schemas and checks at every start.
 * @returns the platforms that `input` names, in the order of `among`; all of them if `input` names an unknown one
 */
function platformsIn(input: unknown, among: Platforms): Platforms {
  const named = new Set(isObject(input) ? Object.values(input).map(platformOf) : []);
  const used = among.filter(({ name }) => named.has(name));
  const [first = among[0], ...others] = used;
  return used.length === named.size ? [first, ...others] : among;
}

const platformOf = (source: unknown): unknown => (isObject(source) ? source.platform : undefined);

const pathOf = (issue: z.core.$ZodIssue | undefined): string =>
  ['sources', ...(issue?.path ?? []).map(String)].join('.');

function problemOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'is not valid';
  if (issue.code === 'unrecognized_keys') return `has an unknown setting: ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_union') return 'must be one of the known platforms or profiles';
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_type') return `must be given, as ${issue.expected}`;
  if (issue.code === 'custom') return issue.message;
  return `is not valid (${issue.code})`;
}
