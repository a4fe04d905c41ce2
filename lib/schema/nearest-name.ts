/** The known name that a misspelled one probably means. */
import { letterDistance } from './letter-distance.ts';

/**
 * @param reach how many typing errors a known name may be away; by default a third of its letters, or one
 * @returns the nearest of `known`, the first of equals; undefined when none is within its reach
 */
export function nearestName(
  name: string,
  known: readonly string[],
  reach: (known: string) => number = aThird,
): string | undefined {
  let nearest: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    // Each error adds or takes one letter at most: a name of 1 MB is compared with nothing.
    const most = Math.min(reach(candidate), (nearest?.distance ?? Number.POSITIVE_INFINITY) - 1);
    if (Math.abs(candidate.length - name.length) > most) continue;
    const distance = letterDistance(name, candidate);
    if (distance <= most) nearest = { name: candidate, distance };
  }
  return nearest?.name;
}

const aThird = (name: string): number => Math.max(1, Math.floor(name.length / 3));
