/** Reads the value of `--older-than` and `--newer-than`. Commander shows the error beside the option. */
import { InvalidArgumentError } from 'commander';
import * as z from 'zod/mini';
import { parseDuration } from '../../terminal/parse-options.ts';

const time = z.iso.datetime({ offset: true });

/** @param text `36h` ago, or a time with its zone; @returns Unix milliseconds */
export function parseMoment(text: string): number {
  if (time.safeParse(text).success) return Date.parse(text);
  try {
    return Date.now() - parseDuration(text);
  } catch {
    throw new InvalidArgumentError(
      'Expected a number with s, m, h or d, such as 36h, or a time such as 2026-11-26T20:41:07Z.',
    );
  }
}
