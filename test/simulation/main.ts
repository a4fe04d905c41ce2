/** `npm run simulate`: checks the promises in a simulated world, seed by seed. */
import { keepSeeds } from './command/keep-seeds.ts';
import { type Options, readOptions, usage } from './command/options.ts';
import { runSeeds } from './command/run-seeds.ts';
import type { TaskResult } from './command/worker.ts';
import { explain, readable } from './explain.ts';
import { runSeed } from './run-seed.ts';

const mostExplained = 5;

process.exitCode = await main(readOptions(process.argv.slice(2)));

async function main(options: Options): Promise<number> {
  switch (options.kind) {
    case 'help':
      console.log(usage);
      return 0;
    case 'wrong':
      console.error(`${options.problem}\n\n${usage}`);
      return 2;
    case 'one':
      return await runOne(options.seed, options.showsTrace);
    case 'many':
      return await runMany(options);
  }
}

async function runOne(seed: number, showsTrace: boolean): Promise<number> {
  const onLine = showsTrace ? (line: string) => console.log(readable(line)) : undefined;
  const first = await runSeed(seed, { onLine });
  const second = await runSeed(seed);
  const { class: planClass, steps, events, calls, virtualMs, digest, violation } = first;
  const hours = (virtualMs / 3_600_000).toFixed(1);
  console.log(
    `seed ${seed} (${planClass}): ${steps} steps, ${events} events, ${calls} calls, ${hours} virtual hours, trace ${digest.slice(0, 16)}`,
  );
  if (violation !== undefined) console.error(`✗ ${await explain(first)}`);
  if (second.digest !== digest)
    console.error('✗ the second run has another trace: something is not simulated');
  return violation === undefined && second.digest === digest ? 0 : 1;
}

async function runMany({ from, seeds, isJson }: Extract<Options, { kind: 'many' }>): Promise<number> {
  const startedAt = Date.now();
  const { tally, failed } = await runSeeds({ from, seeds }, showProgress(seeds));
  const seconds = (Date.now() - startedAt) / 1000;
  const summary = {
    from,
    ...tally,
    virtualHours: Math.round(tally.virtualHours),
    violations: failed.length,
    seconds: Math.round(seconds * 10) / 10,
  };
  for (const result of failed.slice(0, mostExplained)) console.error(`✗ ${await explain(result)}\n`);
  const failing = failed.map(({ seed }) => seed);
  console.log(isJson ? JSON.stringify({ ...summary, failing }) : lineOf(summary));
  if (keepSeeds(failing) > 0)
    console.error('The failing seeds are now in test/simulation/seeds.json: npm test runs them.');
  return failing.length === 0 ? 0 : 1;
}

function lineOf(summary: Readonly<Record<string, number>>): string {
  const parts = Object.entries(summary).map(([name, value]) => `${name} ${value.toLocaleString('en-US')}`);
  return parts.join(' · ');
}

/** On a terminal only: a line that is written again and again. */
function showProgress(seeds: number): (sums: TaskResult) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return ({ tally, failed }) => {
    const isLast = tally.seeds === seeds;
    const text = `${tally.seeds.toLocaleString('en-US')} of ${seeds.toLocaleString('en-US')} seeds, ${failed.length} violations`;
    process.stderr.write(isLast ? '\r\u001B[K' : `\r${text}\u001B[K`);
  };
}
