/** Holds an event of the gateway against the copies of the demo shop's pixel, by TikTok's rule: the same name and id within 48 hours. */
import { type Copy, mergeMs } from '../../local/shop/copies.ts';
import type { Copies } from '../api.ts';
import type { GatewayCopy } from '../server/source.ts';

/**
 * @param pixelCopies those with the same id
 * @returns undefined for an event of another source whose id the pixel never sent
 */
export function copiesOf(
  { source, name, atMs }: GatewayCopy,
  pixelCopies: readonly Copy[],
): Copies | undefined {
  const gateway = { name, atMs };
  const pixel = pixelCopies.find((copy) => copy.name === name) ?? pixelCopies[0];
  if (pixel === undefined) return source === 'collect' ? { gateway, merge: false, text: alone } : undefined;
  const isNear = Math.abs(pixel.atMs - atMs) <= mergeMs;
  const merge = pixel.name === name && isNear;
  const text = merge ? same : isNear ? otherName : late;
  return { gateway, pixel: { name: pixel.name, atMs: pixel.atMs }, merge, text };
}

const same = 'The same name and id within 48 hours: TikTok counts both once.';
const otherName = 'The names differ: TikTok counts both.';
const late = 'More than 48 hours are between them: TikTok counts both.';
const alone =
  'No copy of the demo shop’s pixel has this id: it was blocked, or is not in the page. TikTok counts this one.';
