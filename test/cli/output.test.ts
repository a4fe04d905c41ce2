/** What the command line prints cannot steer a terminal, and its JSON stays the same JSON. */
import { describe, expect, test } from 'vitest';
import { printable, printableJson } from '../../cli/terminal/output.ts';

const steering = [
  '\u0000',
  '\u001b',
  '\u007f',
  '\u0080',
  '\u0085',
  '\u009b',
  '\u009f',
  '\u061c',
  '\u200e',
  '\u200f',
  '\u202a',
  '\u202e',
  '\u2066',
  '\u2069',
];

describe('a character that steers a terminal', () => {
  test.each(steering.map((character) => [JSON.stringify(character), character]))(
    '%j is escaped in JSON and left out of text',
    (_, character = '') => {
      const value = { [`name${character}`]: [`a${character}b`] };
      const json = printableJson(value);
      expect(json).not.toContain(character);
      expect(JSON.parse(json)).toEqual(value);
      expect(printable(`a${character}b`)).toBe('a b');
    },
  );

  test.each(['é', '\u00a0', 'ß', '\u202f', '日本', '😀'])('is not %s', (text) => {
    expect(printableJson({ text })).toBe(`{\n  "text": "${text}"\n}`);
    expect(printable(text)).toBe(text);
  });
});
