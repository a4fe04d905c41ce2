/** The settings of a destination, as the stage file gives them: what is taken, and what is refused. */
import { describe, expect, it } from 'vitest';
import { destinationSchema, destinationsSchema } from '../../../lib/events/destination.ts';

const pixelCode = 'PIXEL';
const isTaken = (settings: object): boolean =>
  destinationSchema.safeParse({ pixelCode, ...settings }).success;

describe('a destination', () => {
  it('is a web pixel unless it says otherwise', () => {
    expect(destinationSchema.parse({ pixelCode })).toEqual({ pixelCode, eventSource: 'web' });
  });

  it('keeps all that it says', () => {
    const whole = { pixelCode, eventSource: 'app', currency: 'EUR', country: 'DE', testEventCode: 'TEST1' };
    expect(destinationSchema.parse(whole)).toEqual(whole);
  });

  it.each([
    { pixelCode: '' },
    { pixelCode: 7 },
    { pixelCode: 'x'.repeat(129) },
    { eventSource: 'tv' },
    { eventSource: '' },
    { currency: 'XXX' },
    { currency: 'eur' },
    { country: 'de' },
    { country: 'DEU' },
    { country: 'xDE' },
    { country: '12' },
    { testEventCode: '' },
    { testEventCode: 'x'.repeat(65) },
    { pixel: 'a' },
  ])('is refused with %o', (settings) => {
    expect(isTaken(settings)).toBe(false);
  });

  it('of an unknown currency says what is expected', () => {
    const { error } = destinationSchema.safeParse({ pixelCode, currency: 'XXX' });
    expect(error?.issues[0]?.message).toBe('expected an ISO 4217 code that TikTok takes, such as USD');
  });
});

describe("a destination's name", () => {
  const isName = (name: string): boolean => destinationsSchema.safeParse({ [name]: { pixelCode } }).success;

  it.each(['a', 'Shop_2-b', '7', 'x'.repeat(64)])('may be %s', (name) => {
    expect(isName(name)).toBe(true);
  });

  it.each(['', '_a', '-a', 'a b', 'a/b', 'ada@example.com', 'a.', 'x'.repeat(65), 'a\n'])(
    'may not be %j',
    (name) => {
      expect(isName(name)).toBe(false);
    },
  );
});
