/** Values that say "there is none": in an optional field they are the same as no field. */
import { isBlank } from './is-blank.ts';

/** @returns true for null, undefined and text without a visible character */
export const isAbsent = (value: unknown): boolean => value === undefined || value === null || isBlank(value);
