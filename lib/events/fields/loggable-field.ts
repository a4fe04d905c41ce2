/** The path of a field as logs and queue attributes may show it: a producer can put a name or a phone in place of a field's name. */

import { lazily } from '../../schema/lazy/lazily.ts';
import { nearestName } from '../../schema/nearest-name.ts';
import { fieldOf } from '../decode/judge.ts';
import { knownNames } from '../decode/vocabulary.ts';
import type { Omission } from '../issue.ts';
import { fields } from './table.ts';

const names = lazily(() => knownNames(fields));

/** Words that misnamed fields often have beside those of the fields themselves, such as `phone_number`; `data` and `batch` are lists of other APIs. */
const furtherWords = 'address batch code customer data date hash hashed number order user'.split(' ');
const knownWords = lazily(() => new Set([...names().flatMap((name) => name.split('_')), ...furtherWords]));

/** @returns such as `contents[2].price` or `eMail`; `(name)` in place of a name that resembles no field */
export const loggableField = (path: string): string => path.split('.').map(loggablePart).join('.');

/** @returns such as `email: invalid_email; ip: private_ip`: names of fields and codes, never a value */
export const describeIssues = (issues: readonly Omission[]): string =>
  issues.map(({ field, code }) => `${loggableField(field)}: ${code}`).join('; ');

/** @returns such as `email:invalid_email`, each once; the field is that of the event, also for a fault deep inside it */
export const issueLabels = (issues: readonly Omission[]): string[] => [
  ...new Set(issues.map(({ field, code }) => `${topField(field)}:${code}`)),
];

const nameSet = lazily(() => new Set<string>(names()));

/** Nearly every path is just a name of a field: this is on the way of each event. */
const topField = (path: string): string => (nameSet().has(path) ? path : loggableField(fieldOf(path)));

function loggablePart(part: string): string {
  const [, name = '', positions = ''] = /^([A-Za-z_]\w*)((?:\[\d{1,6}\])*)$/.exec(part) ?? [];
  // Empty for the event itself; in brackets for a name that was replaced before.
  if (part === '' || /^\((?:name|field \d+)\)$/.test(part)) return part;
  return (isFieldLike(name) ? name : '(name)') + positions;
}

function isFieldLike(name: string): boolean {
  if (names().includes(name)) return true;
  if (name === '' || /\d/.test(name)) return false;
  const snake = name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  return (
    snake.split('_').every((word) => knownWords().has(word)) || nearestName(snake, names()) !== undefined
  );
}
