/**
 * The limits of texts and lists. zod's own checks read the `length` of any value: of an object that a body brings along it
 * can be something that no number compares with, and the comparison throws instead of rejecting.
 */
import * as z from 'zod/mini';

/** @returns a check of the greatest number of characters or entries */
export const maxLength = (most: number) => forTextsAndLists(z.maxLength(most));

/** @returns a check of the least number of characters or entries */
export const minLength = (least: number) => forTextsAndLists(z.minLength(least));

function forTextsAndLists<Check extends z.core.$ZodCheck<{ readonly length: number }>>(check: Check): Check {
  check._zod.def.when = ({ value }) => typeof value === 'string' || Array.isArray(value);
  return check;
}
