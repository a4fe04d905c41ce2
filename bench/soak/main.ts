/**
 * `npm run soak`: ten minutes of mixed load with faults through the local gateway; fails when memory, sockets or timers
 * grow, or when anything accepted was neither delivered nor parked. Options: `--minutes 10`, `--seed 1`.
 */
import { parseArgs } from 'node:util';
import { runSoak } from './run-soak.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error('--minutes must be a number above 0, and --seed a whole number.');
  process.exit(2);
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
