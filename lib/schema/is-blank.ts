/** Text without a visible character: in an optional field it means "absent". */
import { lazyPattern } from './lazy/lazy-pattern.ts';

const visible = lazyPattern(String.raw`[^\s\p{Cf}\p{Default_Ignorable_Code_Point}]`, 'u');

/** @returns false for a value that is no text */
export function isBlank(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  // Nearly every text starts with a visible ASCII character.
  const first = value.charCodeAt(0);
  return !(first > 0x20 && first < 0x7f) && !visible().test(value);
}
