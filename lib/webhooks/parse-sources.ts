/** Checks the sources of a stage; a wrong setting stops the start with an error that names it, never its value. */
import type * as z from 'zod/mini';
import { Misconfigured } from '../errors/app-error.ts';
import { type Sources, sourcesSchema } from './source-settings.ts';

/** @throws Misconfigured that names the first wrong settings, such as `sources.shop.contentId` */
export function parseSources(input: unknown): Sources {
  const parsed = sourcesSchema.safeParse(input);
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
  if (issue.code === 'unrecognized_keys') return `has a setting that is not known: ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_union') return 'must be one of the known platforms or profiles';
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_type') return `must be given, as ${issue.expected}`;
  if (issue.code === 'custom') return issue.message;
  return `is not valid (${issue.code})`;
}
