/** Laws of times: each spelling of an instant is that instant, and no text makes the reader throw or guess. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTime } from '../../lib/events/time/read-time.ts';
import { readPlatformTime } from '../../lib/payload/time.ts';

const instants = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2100, 0, 1) });
const offsets = fc.integer({ min: -18 * 4, max: 18 * 4 }).map((quarters) => quarters * 15);
const two = (value: number): string => String(value).padStart(2, '0');

function zoneText(minutes: number, colon: string): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${colon}${two(size % 60)}`;
}

const spellings = fc.record({
  separator: fc.constantFrom('T', 't', ' ', '  ', '\u00a0'),
  colon: fc.constantFrom(':', ''),
  isBasic: fc.boolean(),
  gap: fc.constantFrom('', ' '),
  minus: fc.constantFrom('-', '\u2212'),
  point: fc.constantFrom('.', ','),
  digits: fc.constantFrom('', '000', '000000'),
  around: fc.constantFrom('', ' ', '\u200b', '\ufeff', '\n'),
});

test('reads each spelling of an instant as that instant', () => {
  fc.assert(
    fc.property(instants, offsets, spellings, (instant, minutes, spelling) => {
      const { separator, colon, isBasic, gap, minus, point, digits, around } = spelling;
      const wall = new Date(instant + minutes * 60_000).toISOString().slice(0, -1);
      const [day = '', clock = ''] = (isBasic ? wall.replace(/[-:]/g, '') : wall).split('T');
      const zone = zoneText(minutes, colon).replace('-', minus);
      const text = `${around}${day}${separator}${clock.replace('.', point)}${digits}${gap}${zone}${around}`;
      expect(readTime(text)).toEqual({ ms: instant });
      expect(readPlatformTime(text)).toEqual({ seconds: Math.floor(instant / 1000) });
    }),
  );
});

test('reads a number and its text, in seconds and in milliseconds, as one second', () => {
  fc.assert(
    fc.property(instants, (instant) => {
      const seconds = Math.floor(instant / 1000);
      for (const value of [instant / 1000, instant, `${instant / 1000}`, `${instant}`])
        expect(readPlatformTime(value)).toEqual({ seconds });
    }),
  );
});

test('never reads a visible text, a number or any other value as an absent time', () => {
  const texts = fc.string({ unit: 'binary' }).filter((text) => /[\p{L}1-9]/u.test(text));
  const values = fc.oneof(
    texts,
    fc.double(),
    fc.boolean(),
    fc.bigInt(),
    fc.object(),
    fc.array(fc.anything()),
  );
  fc.assert(
    fc.property(values, (value) => {
      expect(readPlatformTime(value)).not.toBe('absent');
    }),
    { numRuns: 1000 },
  );
});
