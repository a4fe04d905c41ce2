/**
 * `npm run soak`: ten minutes of mixed load with faults through the local gateway; fails when memory, sockets or timers
 * grow, or when anything accepted was neither delivered nor parked.
 */
import { failUsage, readProgramOptions } from '../../scripts/program-options.ts';
import { runSoak } from './run-soak.ts';

const usage = `Usage: npm run soak -- [options]

Sends mixed load with faults through the local gateway, and looks for growth and for lost events.

  --minutes <n>  how long (10)
  --seed <n>     the seed of the load (1)
  --help         prints this text

Exit code 0: flat, and all accounted for. 1: a finding. 2: wrong options.`;

const values = readProgramOptions(usage, {
  minutes: { type: 'string', default: '10' },
  seed: { type: 'string', default: '1' },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes > 0) || !Number.isInteger(seed)) {
  failUsage('--minutes must be a number above 0, and --seed a whole number.');
}
const { findings, steady, idle, ...counts } = await runSoak({
  durationMs: minutes * 60_000,
  seed,
  onProgress: console.error,
});
const first = steady[0];
const last = steady.at(-1);
console.log(JSON.stringify({ seed, ...counts, first, last, idle }, null, 1));
for (const finding of findings) console.error(`✗ ${finding}`);
console.log(findings.length === 0 ? 'flat, and all accounted for' : `run again with --seed ${seed}`);
process.exit(findings.length === 0 ? 0 : 1);
