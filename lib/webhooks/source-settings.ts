/**
 * The settings of the sources of a stage: which platform sends, to which destination its events go, and the choices
 * that only the shop can make. Every default is documented in docs/sources/.
 */
import * as z from 'zod/mini';
import { Misconfigured } from '../errors/app-error.ts';
import { destinationName } from '../events/destination.ts';
import type { CommonSettings } from './common-settings.ts';
import { type Platforms, platforms } from './platforms.ts';

export type SourceSettings = CommonSettings;
export type Sources = Readonly<Record<string, SourceSettings>>;

/** Source names are part of the webhook URL and of log lines. */
function sourcesSchemaOf([first, ...others]: Platforms) {
  const schemas = others.map(({ settings }) => settings);
  return z.record(destinationName, z.discriminatedUnion('platform', [first.settings, ...schemas]));
}

export const sourcesSchema = sourcesSchemaOf(platforms);

/** @throws Misconfigured that names the first wrong settings, such as `sources.shop.contentId`, and never their values */
export function parseSources(input: unknown, among: Platforms = platforms): Sources {
  const schema = among === platforms ? sourcesSchema : sourcesSchemaOf(among);
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [first, ...others] = parsed.error.issues.slice(0, 5);
  const more = others.map((issue) => `; ${pathOf(issue)} ${problemOf(issue)}`).join('');
  throw new Misconfigured(
    pathOf(first),
    `${problemOf(first)}${more} (docs/sources lists the settings of each platform)`,
  );
}

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
