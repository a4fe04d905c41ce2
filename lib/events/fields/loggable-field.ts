/** The path of a field as logs and queue attributes may show it: a producer can put a name or a phone where a field's name belongs. */

import { lazily } from '../../schema/lazily.ts';
import { nearestName } from '../../schema/nearest-name.ts';
import { contentFields } from './commerce.ts';
import { adSchema, appSchema, leadSchema } from './objects.ts';
import { fieldNames } from './table.ts';

const knownNames = lazily((): readonly string[] => [
  ...fieldNames,
  ...contentFields,
  ...[appSchema(), adSchema(), leadSchema()].flatMap(({ shape }) => Object.keys(shape)),
]);

/** Words that misnamed fields often have beside those of the fields themselves, such as `phone_number`. */
const furtherWords = ['address', 'code', 'customer', 'date', 'hash', 'hashed', 'number', 'order', 'user'];
const knownWords = lazily(
  () => new Set([...knownNames().flatMap((name) => name.split('_')), ...furtherWords]),
);

/** @returns such as `contents[2].price` or `eMail`; `(name)` in place of a name that resembles no field */
export const loggableField = (path: string): string => path.split('.').map(loggablePart).join('.');

function loggablePart(part: string): string {
  const [, name = '', positions = ''] = /^([A-Za-z_]\w*)((?:\[\d{1,6}\])*)$/.exec(part) ?? [];
  // Empty for the event itself; in brackets for what was not fit to repeat before.
  if (part === '' || /^\((?:name|field \d+)\)$/.test(part)) return part;
  return (isFieldLike(name) ? name : '(name)') + positions;
}

function isFieldLike(name: string): boolean {
  if (knownNames().includes(name)) return true;
  if (name === '' || /\d/.test(name)) return false;
  const snake = name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  return (
    snake.split('_').every((word) => knownWords().has(word)) || nearestName(snake, knownNames()) !== undefined
  );
}
