/**
 * The name in a body that a path probably means. Keys of a body can be personal, such as a map by e-mail address, so only
 * an identifier that is nearly the name in the expression is ever shown.
 */
import { foldName } from '../../events/names/fold-name.ts';
import { nearestName } from '../../schema/nearest-name.ts';

/** A body can hold hundreds of thousands of keys. */
const maxKeys = 200;
const maxErrors = 2;
/** Letters with at most two digits behind them: no phone number, no id. */
const nameForm = /^[A-Za-z_]{3,40}\d{0,2}$/;

/** @returns undefined when no key is near enough */
export function suggestName(name: string, holder: object): string | undefined {
  if (name.length < 3) return undefined;
  const byFolded = new Map<string, string>();
  let count = 0;
  for (const key in holder) {
    count += 1;
    if (count > maxKeys) break;
    if (nameForm.test(key) && Object.hasOwn(holder, key)) byFolded.set(foldName(key), key);
  }
  const reach = (known: string) => Math.min(maxErrors, Math.max(1, Math.floor(known.length / 3)));
  return byFolded.get(nearestName(foldName(name), [...byFolded.keys()], reach) ?? '');
}
