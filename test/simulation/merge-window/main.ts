/**
 * `npm run simulate:window`: promise 11 at 1 to 1,000 events a second, which takes some minutes of CPU. It writes the table of
 * docs/delivery.md#in-time, and ends with exit code 1 when the promise does not hold.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { readProgramOptions } from '../../../scripts/program-options.ts';
import { broken, longRows, type Row, runRow, shortRows } from './courses.ts';
import { rowOf, withTable } from './table.ts';

const usage = `Usage: npm run simulate:window

Simulates outages at 1 to 1,000 events a second, and writes the table of docs/delivery.md#in-time. Takes some minutes of CPU.

Exit code 0: the promise holds. 1: it does not. 2: wrong options.`;
readProgramOptions(usage, {});

const page = new URL('../../../docs/delivery.md', import.meta.url);

async function line(row: Row): Promise<string> {
  const result = await runRow(row);
  const text = rowOf(row, result);
  const problem = broken(row, result);
  console.log(problem === undefined ? text : `${text} ✗ ${problem}`);
  if (problem !== undefined) process.exitCode = 1;
  return text;
}

const lines: string[] = [];
for (const row of [...shortRows, ...longRows]) lines.push(await line(row));
writeFileSync(page, withTable(readFileSync(page, 'utf8'), lines));
// Pollers of the simulated mapping wait for ever.
process.exit();
