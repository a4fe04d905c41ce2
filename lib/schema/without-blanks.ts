/** Producers without null write an empty text. */
import { isBlank } from './is-blank.ts';

/** @returns the object without its blank members; itself when it has none */
export const withoutBlanks = (content: object): object =>
  Object.values(content).some(isBlank)
    ? Object.fromEntries(Object.entries(content).filter(([, value]) => !isBlank(value)))
    : content;
