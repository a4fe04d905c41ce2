/** The benchmark runs the built handlers, and measures everything that has a limit. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { limits } from '../../../bench/events/baseline.ts';
import { browserScript, measureLoading } from '../../../bench/events/cold-start.ts';
import { handlerRatios, handlerSection } from '../../../bench/events/handlers/figures.ts';
import { measureHandlers } from '../../../bench/events/handlers/handlers.ts';
import { writeBrowserFiles } from '../../../scripts/browser/browser-files.ts';
import { buildFunctions } from '../../../scripts/build.ts';

/** The names of all figures, such as `ingest.50.ratio`. */
const namesOf = (figures: object, prefix = ''): string[] =>
  Object.entries(figures).flatMap(([name, figure]) =>
    typeof figure === 'object' ? namesOf(figure, `${prefix}${name}.`) : [prefix + name],
  );

test('every handler with a limit accepts its input, and has a ratio and a row in the table', async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'tiktok-events-bench-'));
  try {
    const built = await buildFunctions({ outDir, names: ['ingest', 'webhook', 'deliver'] });
    const costs = await measureHandlers(built, outDir, { rounds: 1, roundMs: 1, warmUpMs: 1 });
    const ratios = handlerRatios(costs);
    expect(namesOf(ratios).toSorted()).toEqual(namesOf(limits.handlers).toSorted());
    const { rows } = handlerSection(costs);
    expect(rows).toHaveLength(8);
    for (const [name, ...figures] of rows)
      for (const figure of figures) expect(figure, String(name)).toBeGreaterThan(0);
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}, 60_000);

test('every function loads in the environment of the benchmark', async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'tiktok-events-bench-'));
  try {
    const built = await buildFunctions({ outDir });
    await writeBrowserFiles(join(outDir, 'collect'), browserScript);
    const bundles = Object.fromEntries(built.map(({ name, bundlePath }) => [name, bundlePath]));
    const times = await measureLoading(bundles, { processes: 1 });
    expect(Object.keys(times).length).toBe(built.length);
    for (const ms of Object.values(times)) expect(ms).toBeGreaterThan(0);
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}, 60_000);
