/** Bundles stay small: bytes are what loading a function costs, and what they hold is what it is made of. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exceededLimits, limits, readBaseline, regressions } from '../../../bench/events/baseline.ts';
import type { toE164 as sourceToE164 } from '../../../lib/privacy/phone.ts';
import { type BuiltFunction, buildFunctions, writeBundle } from '../../../scripts/build.ts';
import { bytesByPackage } from '../../../scripts/bundled-bytes.ts';

let outDir: string;
let built: BuiltFunction[];

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'tiktok-events-size-'));
  built = await buildFunctions({ outDir });
});

afterAll(async () => {
  await rm(outDir, { recursive: true, force: true });
});

describe('the bundle of each function', () => {
  test('each bundle is in the baseline and at most 20 % larger than there', () => {
    const { bundles } = readBaseline();
    const now = Object.fromEntries(built.map(({ name, bundleBytes }) => [name, bundleBytes]));
    expect(Object.keys(bundles ?? {}).toSorted()).toEqual(Object.keys(now).toSorted());
    expect(regressions({ bundles: now }, { bundles: bundles ?? {} })).toEqual([]);
  });

  test('each zip that a deployment uploads is smaller than 400,000 bytes', () => {
    expect(built.length).toBeGreaterThan(4);
    for (const { name, zipBytes } of built) expect(zipBytes, name).toBeLessThan(400_000);
  });

  test('no bundle holds a credential provider that no function uses', async () => {
    for (const { bundlePath } of built) {
      const meta = await readFile(join(bundlePath, '..', 'meta.json'), 'utf8');
      expect(meta).not.toMatch(
        /credential-provider-(sso|ini|process|web-identity|http|login)|nested-clients/,
      );
    }
  });

  test('the bundle of meta contains neither the SDK nor the phone library nor zod', () => {
    const meta = built.find(({ name }) => name === 'meta');
    const packages = [...(meta === undefined ? [] : bytesByPackage(meta).keys())];
    expect(packages).toContain('@middy/core');
    for (const name of ['AWS SDK', 'libphonenumber-js', 'zod']) expect(packages).not.toContain(name);
  });
});

test('a bundle reads international and national phones with the phone library that it loads late', async () => {
  const bundlePath = join(outDir, 'phones', 'index.cjs');
  await writeBundle({ text: "export { toE164 } from './lib/privacy/phone.ts';" }, bundlePath);
  const { toE164 }: { readonly toE164: typeof sourceToE164 } = createRequire(bundlePath)(bundlePath);
  expect(toE164('(213) 373-4253', 'US')).toBe('+12133734253');
  expect(toE164('+44 07911 123456', undefined)).toBe('+447911123456');
  expect(toE164('030 901820', 'DE')).toBe('+4930901820');
  expect(toE164('030 901820', 'XX')).toBeUndefined();
});

describe('the baseline', () => {
  const baseline = { ratio: 2, bundles: { ingest: 100 } };

  test.each([
    [{ ratio: 2.4, bundles: { ingest: 120 } }, []],
    [{ ratio: 2.41, bundles: { ingest: 100 } }, ['ratio is 2.41, more than 20 % above 2']],
    [{ ratio: 1, bundles: { ingest: 121 } }, ['bundles.ingest is 121, more than 20 % above 100']],
    [{ ratio: 1 }, ['bundles.ingest is missing']],
  ])('compares the figures %j with the baseline and reports %j', (figures, expected) => {
    expect(regressions(figures as typeof baseline, baseline)).toEqual(expected);
  });
});

describe('the limits of the benchmark', () => {
  test('pass a run whose figures are at the limits', () => {
    expect(exceededLimits(limits)).toEqual([]);
  });

  test('report each figure above its limit, however deep it is', () => {
    const consumer = { ratio: 2.11, nationalRatio: 3.5, omissionCost: 1.51 };
    const deliver = { ratio: 2.61 };
    expect(exceededLimits({ ...limits, consumer, handlers: { ...limits.handlers, deliver } })).toEqual([
      'consumer.ratio is 2.11, above the limit of 2.1',
      'consumer.omissionCost is 1.51, above the limit of 1.5',
      'handlers.deliver.ratio is 2.61, above the limit of 2.6',
    ]);
  });

  test('report each figure that is missing', () => {
    const ingest = { 1: { ratio: 1 }, 10: { ratio: 1 }, 500: { ratio: 1 } };
    expect(exceededLimits({ ...limits, ingest: {}, handlers: { ...limits.handlers, ingest } })).toEqual([
      'ingest.ratio is missing',
      'ingest.omissionCost is missing',
      'handlers.ingest.50.ratio is missing',
    ]);
  });
});
