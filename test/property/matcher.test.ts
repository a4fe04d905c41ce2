/** The fast yes never says yes where the schema says no, and says it for all that callers really send. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createEventSchema, createMisfitFinder } from '../../lib/events/decode/event-schema.ts';
import { fields } from '../../lib/events/fields/table.ts';
import { isObject } from '../../lib/schema/is-object.ts';
import { type Matcher, matcherOf } from '../../lib/schema/matcher.ts';
import { misfitFinder } from '../../lib/schema/misfits.ts';
import { anyEvent, goodEvent } from '../support/events/arbitraries.ts';

const findMisfits = createMisfitFinder(fields);
const matchesEvent = (input: unknown): boolean => isObject(input) && findMisfits(input).length === 0;
const eventSchema = createEventSchema(fields);
const runs = { numRuns: 1_000 };

test('matches only events that the schema accepts and leaves unchanged', () => {
  fc.assert(
    fc.property(anyEvent, (input) => {
      if (matchesEvent(input)) expect(eventSchema().safeParse(input)).toEqual({ success: true, data: input });
    }),
    runs,
  );
});

test('matches every valid event without custom properties, which are left to the schema', () => {
  fc.assert(
    fc.property(goodEvent, ({ custom_properties, ...input }) => {
      expect(matchesEvent(input)).toBe(true);
    }),
    runs,
  );
});

test.each([
  null,
  [],
  'text',
  {},
  { event_name: null },
  { event_name: 'A', unknown: 1 },
  JSON.parse('{"event_name":"A","__proto__":{}}'),
  JSON.parse('{"event_name":"A","contents":[{"__proto__":{}}]}'),
])('does not match %j as an event', (input) => {
  expect(matchesEvent(input)).toBe(false);
});

const isOne: () => Matcher = () => (value) => value === 1;

test('builds each part of a strict matcher once, when a value first needs it', () => {
  const made: string[] = [];
  const makes = (name: string) => () => {
    made.push(name);
    return isOne();
  };
  const find = misfitFinder(
    new Map([
      ['a', makes('a')],
      ['b', makes('b')],
    ]),
    'a',
  );
  expect([find({ a: 1 }), find({ a: 1 }), made]).toEqual([[], [], ['a']]);
  expect([find({ a: 1, b: 2 }), find({ a: 1, b: 1 }), made]).toEqual([['b'], [], ['a', 'b']]);
});

test.each([
  [{ a: 1, b: null }, []],
  [{ a: 1, b: undefined }, []],
  [{ a: null }, ['a']],
  [{ b: 1 }, ['a']],
  [{ a: 1, c: 1 }, ['c']],
  [{ b: 2, c: 1 }, ['b', 'c', 'a']],
])('finds the misfits of %j', (value, expected) => {
  const find = misfitFinder(
    new Map([
      ['a', isOne],
      ['b', isOne],
    ]),
    'a',
  );
  expect(find(value)).toEqual(expected);
});

const text = z.string().check(z.minLength(2), z.maxLength(3));
const schemas: Readonly<Record<string, z.ZodMiniType>> = {
  text,
  'any text': z.string(),
  'short text': z.string().check(z.maxLength(3)),
  pattern: z.string().check(z.regex(/^a+$/), z.maxLength(2)),
  'global pattern': z.string().check(z.regex(/a/g), z.maxLength(3)),
  number: z.number(),
  integer: z.int(),
  flag: z.boolean(),
  one: z.literal(1),
  enum: z.enum(['a', 'b']),
  either: z.union([z.int(), text]),
  optional: z.optional(text),
  nullable: z.nullable(text),
  nullish: z.nullish(text),
  list: z.array(text).check(z.minLength(1), z.maxLength(2)),
  strict: z.strictObject({ a: text, b: z.nullish(z.int()) }),
  'nothing inside': z.strictObject({}),
  anything: z.unknown(),
  loose: z.looseObject({}),
  'partly known': z.looseObject({ a: text }),
  object: z.object({ a: z.optional(text), inner: z.looseObject({}) }),
};
const leaf = fc.oneof(
  fc.constantFrom('', 'a', 'aa', 'aaa', 'aaaa', 'b', 0, 1, 1.5, 2 ** 60, Number.NaN, null, undefined, true),
  fc.string({ maxLength: 5 }),
);
const value = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc.record(
    { a: leaf, b: leaf, inner: fc.oneof(leaf, fc.dictionary(fc.string(), leaf)) },
    { requiredKeys: [] },
  ),
  fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), leaf),
);

test.each(Object.entries(schemas))('agrees with the schema in a matcher of the kind "%s"', (_, schema) => {
  const matches = matcherOf(schema);
  fc.assert(
    fc.property(value, (input) => {
      expect(matches(input)).toBe(schema.safeParse(input).success);
    }),
    runs,
  );
});

test('leaves values of an unknown kind or check to the schema', () => {
  const unknown = [
    z.bigint(),
    z.int32(),
    z.email(),
    z.number().check(z.gte(0)),
    z.string().check(z.url()),
    z.string().check(z.startsWith('a')),
    z.string().check(z.maxLength(9), z.ipv6()),
  ];
  for (const schema of unknown) {
    for (const input of [1, 'a', 'a@b.example', 'https://shop.example', '::1', '1.5'])
      expect(matcherOf(schema)(input)).toBe(false);
  }
});
