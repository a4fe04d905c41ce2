/** Holds an event of the gateway against the copies of the demo shop's pixel, by TikTok's rule: the same name and id within 48 hours. */

import type { Outcome } from '../../lib/journal/row.ts';
import { type Copy, mergeMs } from '../../local/shop/copies.ts';
import type { Copies } from '../api.ts';
import type { GatewayCopy } from '../server/source.ts';

/**
 * @param pixelCopies those with the same id
 * @returns undefined for an event of another source whose id the pixel never sent
 */
export function copiesOf(
  { source, name, atMs, outcome }: GatewayCopy,
  pixelCopies: readonly Copy[],
): Copies | undefined {
  const gateway = { name, atMs };
  const pixel = pixelCopies.find((copy) => copy.name === name) ?? pixelCopies[0];
  if (unsent.has(outcome))
    return pixel && { pixel: { name: pixel.name, atMs: pixel.atMs }, merge: false, text: pixelOnly };
  if (pixel === undefined) return source === 'collect' ? { gateway, merge: false, text: alone } : undefined;
  const isNear = Math.abs(pixel.atMs - atMs) <= mergeMs;
  const merge = pixel.name === name && isNear;
  const text = merge ? same : isNear ? otherName : late;
  return { gateway, pixel: { name: pixel.name, atMs: pixel.atMs }, merge, text };
}

const unsent: ReadonlySet<Outcome> = new Set(['skipped', 'rejected', 'discarded']);

const pixelOnly = 'The gateway does not send this event: TikTok counts the pixel’s copy only.';
const same = 'The same name and id within 48 hours: TikTok counts them once.';
const otherName = 'The names differ: TikTok counts two events.';
const late = 'More than 48 hours are between them: TikTok counts two events.';
const alone =
  'No copy of the demo shop’s pixel has this id: it was blocked, or is not in the page. TikTok counts this one.';
