/**
 * Regular expressions that are compiled on first use. One with a class of Unicode, such as `\p{L}`, takes 0.06 to 0.2 ms,
 * and a literal half of that in a function that is never called: the engine checks every literal of a file that it loads.
 */
import { lazily } from './lazily.ts';

/** @param source as `String.raw` gives it */
export const lazyPattern = (source: string, flags: string): (() => RegExp) =>
  lazily(() => new RegExp(source, flags));
