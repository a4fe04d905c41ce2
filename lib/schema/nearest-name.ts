/** The known name that a misspelled one probably means. */
import { closest, distance } from 'fastest-levenshtein';

/** @returns undefined when none of `known` (at least one) is within a third of its letters, or one letter */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const candidate = closest(name, known);
  return distance(name, candidate) <= Math.max(1, Math.floor(candidate.length / 3)) ? candidate : undefined;
}
