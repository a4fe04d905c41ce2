/** Changes a JSON value where it hurts: other types at any place, names that are lost, doubled or strange, and broken text. */
import { gzipSync } from 'node:zlib';
import type { Random } from '../../support/random.ts';
import { hostileName, hostileValue, rawMark } from './hostile-values.ts';

export function mutate(value: unknown, random: Random): unknown {
  const changes = random.between(0, 4);
  let changed = value;
  for (let each = 0; each < changes; each += 1) changed = mutateOnce(changed, random, 0);
  return changed;
}

function mutateOnce(value: unknown, random: Random, depth: number): unknown {
  if (typeof value !== 'object' || value === null || random.isHit(depth === 0 ? 0.02 : 0.1))
    return random.isHit(0.1) ? wrap(value, random) : hostileValue(random);
  if (Array.isArray(value)) return mutateList(value, random, depth);
  const entries = Object.entries(value);
  const at = random.between(0, entries.length);
  const chosen = entries[at];
  if (chosen === undefined || random.isHit(0.15))
    return Object.fromEntries([...entries, [hostileName(random), hostileValue(random)]]);
  if (random.isHit(0.1)) return Object.fromEntries(entries.filter((_, index) => index !== at));
  const changed = mutateOnce(chosen[1], random, depth + 1);
  return Object.fromEntries(entries.map(([name, inner], index) => [name, index === at ? changed : inner]));
}

function mutateList(list: readonly unknown[], random: Random, depth: number): unknown[] {
  const at = random.between(0, list.length);
  if (at === list.length) return [...list, hostileValue(random)];
  if (random.isHit(0.1)) return list.flatMap((item) => (random.isHit(0.5) ? [item, item] : [item]));
  const changed = mutateOnce(list[at], random, depth + 1);
  return list.map((item, index) => (index === at ? changed : item));
}

const wrap = (value: unknown, random: Random): unknown =>
  random.pick<unknown>([[value], { value }, [[value]], { 0: value, length: 1 }, JSON.stringify(value) ?? '']);

const mark = new RegExp(`"${rawMark}((?:[^"\\\\]|\\\\.)*)"`, 'g');

const damage = ['\u0000', ',', '"', '\\u12', '/**/', '\u00a0', '\n'] as const;

/** @returns JSON text, with the parts that JSON.stringify does not write, and sometimes with damage */
export function toText(value: unknown, random: Random): string {
  const text = (JSON.stringify(value) ?? '').replace(mark, (_, part: string) => JSON.parse(`"${part}"`));
  if (!random.isHit(0.08)) return text;
  const at = random.between(0, text.length);
  return random.pick([
    text.slice(0, at),
    text.slice(0, at) + random.pick(damage) + text.slice(at),
    `\uFEFF${text}`,
    `${text}${text}`,
    `// comment\n${text}`,
    `${' '.repeat(random.between(0, 5_000))}${text}`,
    text.replaceAll('"', "'"),
    '',
    'NaN',
    `{"email":1,${text.slice(1)}`,
  ]);
}

/** @returns mostly the text in UTF-8 */
export function toBytes(text: string, random: Random): Buffer {
  const bytes = Buffer.from(text);
  if (!random.isHit(0.08)) return bytes;
  const at = random.between(0, bytes.length);
  const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
  return random.pick([
    () => gzipSync(bytes, { level: 1 }),
    () => Buffer.from(text, 'utf16le'),
    () => Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text, 'utf16le')]),
    () => Buffer.concat([head, Buffer.of(random.between(0x80, 0xff)), tail]),
    () => Buffer.concat([head, Buffer.of(0xc0, 0x80, 0xed, 0xa0, 0x80), tail]),
    () => Buffer.from(Array.from({ length: random.between(0, 200) }, () => random.between(0, 255))),
  ])();
}
