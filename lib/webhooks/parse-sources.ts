/** Checks the sources of a stage; a wrong setting stops the start with an error that names it, never its value. */
import type * as z from 'zod/mini';
import { type Sources, sourcesSchema } from './source-settings.ts';

/** @throws Error that names the first wrong settings, such as `sources.shop.contentId` */
export function parseSources(input: unknown): Sources {
  const parsed = sourcesSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const found = parsed.error.issues.slice(0, 5).map(describe);
  throw new Error(`${found.join('; ')} (docs/sources lists the settings of each platform)`);
}

function describe(issue: z.core.$ZodIssue): string {
  const path = ['sources', ...issue.path.map(String)].join('.');
  if (issue.code === 'unrecognized_keys')
    return `${path} has a setting that is not known: ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_union') return `${path} must be one of the known platforms or profiles`;
  if (issue.code === 'invalid_value') return `${path} must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_type') return `${path} must be given, as ${issue.expected}`;
  if (issue.code === 'custom') return `${path} ${issue.message}`;
  return `${path} is not valid (${issue.code})`;
}
