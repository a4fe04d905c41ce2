import { expect, test } from 'vitest';
import type { Usage } from '../../bench/pipeline/measured-process.ts';
import { checkAccounts } from '../../bench/soak/check-accounts.ts';
import { findLeaks, findLeftovers } from '../../bench/soak/check-usage.ts';
import { runSoak } from '../../bench/soak/run-soak.ts';

test('keeps memory, sockets and timers flat under mixed load with faults, and accounts for every event', {
  timeout: 180_000,
}, async () => {
  const seed = Number(process.env.SOAK_SEED ?? Math.floor(Date.now() / 1000) % 1_000_000);
  const { findings, accepted, parked } = await runSoak({ durationMs: 12_000, seed });
  expect(findings, `SOAK_SEED=${seed}`).toEqual([]);
  expect(accepted).toBeGreaterThan(parked);
});

const usage: Usage = {
  cpuSeconds: 1,
  peakRssBytes: 2e8,
  rssBytes: 2e8,
  heapBytes: 5e7,
  sockets: 40,
  timers: 10,
  descriptors: 90,
};
const growing = (name: keyof Usage, step: number): Usage[] =>
  Array.from({ length: 40 }, (_, index) => ({ ...usage, [name]: (usage[name] ?? 0) + index * step }));

test.each([
  ['heapBytes', 1e6],
  ['rssBytes', 4e6],
  ['sockets', 2],
  ['timers', 4],
  ['descriptors', 4],
] as const)('finds %s that grow during a soak', (name, step) => {
  expect(findLeaks(growing(name, step))).toEqual([expect.stringContaining(name)]);
});

test('allows the growth of the first events in a run of less than two minutes, and no more', () => {
  expect(findLeaks(growing('heapBytes', 4e5))).toEqual([expect.stringContaining('heapBytes')]);
  expect(findLeaks(growing('heapBytes', 4e5), 12_000)).toEqual([]);
  expect(findLeaks(growing('heapBytes', 1e6), 12_000)).toEqual([expect.stringContaining('heapBytes')]);
  expect(findLeaks(growing('rssBytes', 4e6), 12_000)).toEqual([]);
});

test.each(['timers', 'sockets'] as const)('finds %s that remain after the work of a soak', (name) => {
  expect(findLeftovers(usage)).toEqual([]);
  expect(findLeftovers({ ...usage, [name]: 500 })).toEqual([expect.stringContaining(name)]);
});

test('treats a single peak and a fall as no growth', () => {
  const samples = growing('heapBytes', -1e5);
  expect(findLeaks(samples.with(20, { ...usage, timers: 300, sockets: 150 }))).toEqual([]);
});

test('checks a soak without descriptors when the system does not report them', () => {
  expect(findLeaks(Array.from({ length: 20 }, () => ({ ...usage, descriptors: undefined })))).toEqual([]);
});

const accounts = {
  accepted: { ids: new Set(['soak:1', 'soak:2-poison']), webhookEvents: 1, posts: 3, surprises: [] },
  delivered: new Set(['soak:1', 'order-7']),
  parked: new Set(['soak:2-poison']),
  undrained: 0,
};

test('finds nothing when every accepted event of a soak was delivered or parked', () => {
  expect(checkAccounts(accounts)).toEqual([]);
});

test.each([
  ['lost', { ...accounts, parked: new Set<string>() }],
  ['sent though not accepted', { ...accounts, delivered: new Set([...accounts.delivered, 'soak:3']) }],
  ['events of webhooks', { ...accounts, delivered: new Set(['soak:1']) }],
  ['parked though nothing was wrong', { ...accounts, parked: new Set(['soak:1', 'soak:2-poison']) }],
  ['messages left in the queue', { ...accounts, undrained: 2 }],
  ['unexpected answers', { ...accounts, accepted: { ...accounts.accepted, surprises: ['500'] } }],
])('reports in the accounts of a soak: %s', (finding, faulty) => {
  expect(checkAccounts(faulty)).toEqual([expect.stringContaining(finding)]);
});
