/**
 * `npm run bench`: the cost of an event, next to the least that any program must spend on it, in the same run.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBrowserFiles } from '../../scripts/browser/browser-files.ts';
import { type BuiltFunction, buildFunctions } from '../../scripts/build.ts';
import { readProgramOptions } from '../../scripts/program-options.ts';
import { exceededLimits, readBaseline, regressions, writeBaseline } from './baseline.ts';
import { browserScript, buildReferences, measureLoading } from './cold-start.ts';
import * as consumer from './consumer.ts';
import { figures, type Results, sections, type Whole } from './figures.ts';
import { batchSize } from './fixture.ts';
import { measureHandlers } from './handlers/handlers.ts';
import * as ingest from './ingest.ts';
import { measure, ratio, type Timing } from './measure.ts';
import { steps } from './steps.ts';
import { measureSync } from './sync.ts';
import { table } from './table.ts';

const usage = `Usage: npm run bench -- [options]

Measures the CPU time of an event, of the built handlers and of their start, beside their floors.

  --quick  fewer rounds
  --check  fails above a limit, or 20 % above bench/events/baseline.json
  --save   writes a new baseline
  --json   prints the figures as JSON
  --help   prints this text`;

const options = readProgramOptions(usage, {
  json: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  save: { type: 'boolean', default: false },
});

const effort = options.quick
  ? { rounds: 12, roundMs: 10, processes: 10 }
  : { rounds: 60, roundMs: 25, processes: 40 };

const say = (text: string): void => {
  if (!options.json && process.stderr.isTTY) process.stderr.write(`${text} …\n`);
};

const round = (value: number, digits = 3): number => Number(value.toFixed(digits));

async function measureWhole(name: 'consumer' | 'ingest'): Promise<Whole> {
  say(`measuring the ${name}`);
  const { subject, floor } =
    name === 'consumer'
      ? { subject: consumer.transform, floor: consumer.floor }
      : { subject: ingest.accept, floor: ingest.floor };
  const timings = await measure(
    [
      { name: 'floor', run: floor('international'), units: batchSize },
      { name: 'us', run: subject('international'), units: batchSize },
      { name: 'nationalFloor', run: floor('national'), units: batchSize },
      { name: 'nationalUs', run: subject('national'), units: batchSize },
      { name: 'omissionUs', run: subject('omission'), units: batchSize },
    ],
    effort,
  );
  const of = (key: string): Timing => timings.get(key) ?? { medianUs: 0, minUs: 0, rounds: [] };
  return {
    ratio: round(ratio(of('us'), of('floor'))),
    nationalRatio: round(ratio(of('nationalUs'), of('nationalFloor'))),
    omissionRatio: round(ratio(of('omissionUs'), of('floor'))),
    omissionCost: round(ratio(of('omissionUs'), of('us'))),
    usPerEvent: round(of('us').medianUs),
    nationalUsPerEvent: round(of('nationalUs').medianUs),
    omissionUsPerEvent: round(of('omissionUs').medianUs),
    floorUsPerEvent: round(of('floor').medianUs),
  };
}

async function measureSteps(): Promise<Record<string, number>> {
  say('measuring each step');
  const timings = await measure(steps(), { rounds: Math.ceil(effort.rounds / 4), roundMs: 5 });
  return Object.fromEntries([...timings].map(([name, { medianUs }]) => [name, round(medianUs)]));
}

async function measureColdStart(built: readonly BuiltFunction[], outDir: string) {
  say(`loading each bundle in ${effort.processes} fresh processes`);
  const references = await buildReferences(outDir);
  const bundles = Object.fromEntries(built.map(({ name, bundlePath }) => [name, bundlePath]));
  const ms: Record<string, number> = await measureLoading({ ...bundles, ...references }, effort);
  const compared = (name: string, reference: keyof typeof references) => ({
    ms: round(ms[name] ?? Number.NaN, 1),
    referenceMs: round(ms[reference] ?? Number.NaN, 1),
    ratio: round((ms[name] ?? Number.NaN) / (ms[reference] ?? Number.NaN)),
  });
  return Object.fromEntries(
    built.map(({ name }) => [name, compared(name, referenceOf[name] ?? 'secrets-sqs')] as const),
  );
}

/** The reference of each function. ingest gets the stricter one, as if it read no secret. */
const referenceOf: Readonly<Record<string, 'sqs' | 'secrets-sqs' | 'bare'>> = {
  ingest: 'sqs',
  collect: 'sqs',
  meta: 'bare',
};

async function measureBundles() {
  const outDir = await mkdtemp(join(tmpdir(), 'tiktok-events-bench-'));
  try {
    say('building');
    const built = await buildFunctions({ outDir });
    await writeBrowserFiles(join(outDir, 'collect'), browserScript);
    say('measuring the built handlers');
    const handlers = await measureHandlers(built, outDir, effort);
    return {
      handlers,
      coldStart: await measureColdStart(built, outDir),
      bundles: Object.fromEntries(built.map(({ name, bundleBytes }) => [name, bundleBytes])),
      bundlesGzip: Object.fromEntries(built.map(({ name, gzipBytes }) => [name, gzipBytes])),
    };
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

const results: Results = {
  consumer: await measureWhole('consumer'),
  ingest: await measureWhole('ingest'),
  sync: await measureSync(effort),
  steps: await measureSteps(),
  ...(await measureBundles()),
};
console.log(options.json ? JSON.stringify(results) : table(sections(results)));
if (options.save) writeBaseline(figures(results));
if (options.check) {
  const now = figures(results);
  const found = [...exceededLimits(now), ...regressions(now, readBaseline())];
  for (const sentence of found) console.error(`✗ ${sentence}`);
  if (found.length > 0) process.exitCode = 1;
}
