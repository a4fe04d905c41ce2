import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

test.each([
  [[], { kind: 'many', from: 1, seeds: 300, isJson: false }],
  [['--seeds', '100000', '--from', '7', '--json'], { kind: 'many', from: 7, seeds: 100_000, isJson: true }],
  [['--seed', '93', '--trace'], { kind: 'one', seed: 93, showsTrace: true }],
  [['--help', '--seed', '0'], { kind: 'help' }],
])('reads the options %j', (args, options) => {
  expect(readOptions(args)).toEqual(options);
});

test.each([
  [['--seeds', '0'], '--seeds must be a whole number from 1.'],
  [['--from', 'x'], '--from must be a whole number from 1.'],
  [['--seed', '4294967296'], '--seed must be a whole number from 1.'],
  [['--trace'], '--trace needs --seed.'],
  [['--seed', '1', '--seeds', '2'], '--seed goes with --trace only.'],
  [['--seed', '1', '--json'], '--seed goes with --trace only.'],
])('rejects the options %j', (args, problem) => {
  expect(readOptions(args)).toEqual({ kind: 'wrong', problem });
});

test.each([[['--sneeds', '1']], [['file']]])('rejects the unknown arguments %j', (args) => {
  expect(readOptions(args).kind).toBe('wrong');
});
