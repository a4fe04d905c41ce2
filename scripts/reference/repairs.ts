/** Spellings that the gateway repairs without a word: docs/events.md lists them, and a test sends both forms of each. */
import { code, markdownTable } from './markdown.ts';

interface Repair {
  /** What is repaired, in words. */
  readonly what: string;
  readonly written: Readonly<Record<string, unknown>>;
  readonly means: Readonly<Record<string, unknown>>;
}

export const repairs: readonly Repair[] = [
  {
    what: 'space and case',
    written: { email: ' Ada@Example.COM ' },
    means: { email: 'ada@example.com' },
  },
  {
    what: 'invisible characters',
    written: { email: 'ada@example.com\u200b' },
    means: { email: 'ada@example.com' },
  },
  {
    what: 'what address books put around an address',
    written: { email: 'mailto:<ada@example.com>.' },
    means: { email: 'ada@example.com' },
  },
  {
    what: 'decomposed characters',
    written: { first_name: 'Jose\u0301' },
    means: { first_name: 'José' },
  },
  {
    what: 'punctuation of phones',
    written: { phone: '+1 (213) 373-4253' },
    means: { phone: '+12133734253' },
  },
  {
    what: 'the zero behind a country code',
    written: { phone: '+44 (0)7911 123456' },
    means: { phone: '+447911123456' },
  },
  {
    what: 'phones of the country that is named',
    written: { phone: '07911 123456', country: 'UK' },
    means: { phone: '+447911123456', country: 'GB' },
  },
  {
    what: 'names of countries',
    written: { country: 'Deutschland' },
    means: { country: 'DE' },
  },
  {
    what: "a state's country",
    written: { state: 'DE-BE', country: 'DE' },
    means: { state: 'BE', country: 'DE' },
  },
  {
    what: 'the port of an address',
    written: { ip: '203.0.113.9:51234' },
    means: { ip: '203.0.113.9' },
  },
  {
    what: 'amounts as text, and case of currencies',
    written: { value: '19.90', currency: 'eur' },
    means: { value: 19.9, currency: 'EUR' },
  },
  {
    what: 'milliseconds, and times of any zone',
    written: { event_time: '2026-11-26 12:17:25+01' },
    means: { event_time: 1_795_691_845 },
  },
  {
    what: 'words for true and false',
    written: { limited_data_use: 1 },
    means: { limited_data_use: true },
  },
  {
    what: 'empty values',
    written: { phone: '', city: null, email: ['ada@example.com', null] },
    means: { email: ['ada@example.com'] },
  },
];

export const repairsTable = (): string =>
  markdownTable(
    ['Repaired', 'You send', 'It is the same as'],
    repairs.map(({ what, written, means }) => [what, code(visible(written)), code(visible(means))]),
  );

/** Characters that a reader cannot see are written as in JSON. */
const visible = (fields: unknown): string =>
  JSON.stringify(fields).replaceAll(
    /[\u0300-\u036f\u200b]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
