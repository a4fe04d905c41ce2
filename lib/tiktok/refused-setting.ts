/**
 * Finds the field of the call, outside `data`, that a refusal names. Such a field comes from the stage file, so no event
 * is at fault. TikTok documents no wording: recorded messages and their variants decide, in doubt against the event.
 */
import { isKnownField, longestMessage } from './mentioned-fields.ts';

/** The fields of a call that come from the settings of its destination. */
type SettingField = 'event_source' | 'event_source_id' | 'test_event_code';

const spellings: readonly (readonly [RegExp, SettingField])[] = [
  [/\btest[ _]?event[ _]?code\b/gi, 'test_event_code'],
  [
    /\b(?:event[ _]?source[ _]?ids?|event[ _]?sets?(?:[ _]?ids?)?|pixels?(?:[ _]?(?:codes?|ids?))?)\b/gi,
    'event_source_id',
  ],
  [/\bevent[ _]?source\b/gi, 'event_source'],
];

/** `Batch.3.`, `data[3]`, `event 3`, `data.event_name`: a place inside `data`. */
const insideData = /\b(?:batch|data|events?)(?:\.\w|\[|\s?#?\d)/i;
/** What the message is about: `Invalid value for event_id: …`, `event_id: …`. */
const subjectForms = [/\binvalid value for\W{0,3}([\w.]+)/i, /^\W{0,3}([\w.]+)\W{0,3}:/];
const wholeCall = /^(?:body|payload|request)\./i;
/** The values that would be right name no field: `must be one of web, app`. */
const choices = /\b(?:must|should|expected|allowed|supported) (?:be )?(?:one of|values?)\b.*/is;
const eventItself = /\bevent (?:id|name|time|type)\b|\b(?:invalid|unknown|unsupported) event\b/i;

/**
 * @param message TikTok's text for a refusal
 * @param isOwnTestCode the test code of the call comes from its events, not from their destination
 * @returns undefined when the message names no such field, or something of an event too
 */
export function refusedSetting(
  message: string | undefined,
  isOwnTestCode: boolean,
): SettingField | undefined {
  const text = message?.slice(0, longestMessage) ?? '';
  if (insideData.test(text)) return undefined;
  const subject = subjectOf(text);
  const named = settingIn(subject ?? text);
  if (named === undefined || (isOwnTestCode && named === 'test_event_code')) return undefined;
  return subject === undefined && namesEvent(text) ? undefined : named;
}

/** @returns undefined when the message does not start with its subject, such as `Error: …` */
function subjectOf(text: string): string | undefined {
  const [phrase, start] = subjectForms.map((form) => text.match(form)?.[1]?.replace(wholeCall, ''));
  if (phrase !== undefined) return phrase;
  const isField = start !== undefined && (settingIn(start) !== undefined || isKnownField(firstOf(start)));
  return isField && start !== 'data' ? start : undefined;
}

const settingIn = (text: string): SettingField | undefined =>
  spellings.find(([spelling]) => text.search(spelling) >= 0)?.[1];

/** Names of fields that are everyday words: alone, they name no field. */
const everydayWords = new Set(
  'ad app data description destination event lead page query state status user value'.split(' '),
);

function namesEvent(text: string): boolean {
  const rest = spellings.reduce(
    (left, [spelling]) => left.replaceAll(spelling, ' '),
    text.replace(choices, ''),
  );
  if (eventItself.test(rest)) return true;
  return [...rest.toLowerCase().matchAll(/[a-z_]+(?:\.\w+)*/g)].some(([word]) => isNamed(word));
}

/** @param word such as `currency`, `event_id`, or a path such as `properties.value` */
const isNamed = (word: string): boolean =>
  isKnownField(firstOf(word)) && (word.includes('.') || !everydayWords.has(word));

const firstOf = (path: string): string => path.replace(/\..*$/s, '');
