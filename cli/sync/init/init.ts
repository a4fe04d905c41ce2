/** Reads a sample of the rows, decides what each column is, and writes the mapping. Sends nothing. */
import { existsSync, writeFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { CliError, usageError } from '../../errors/cli-error.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { codeOf } from '../../errors/explain-error.ts';
import type { SharedOptions } from '../../stage/stage-command.ts';
import { showResult } from '../../terminal/output.ts';
import { withModelQuery } from '../dbt/query.ts';
import { compileRowMapping } from '../events/load-mapping.ts';
import { checkSource, type SourceOptions } from '../options.ts';
import { isPiped } from '../rows/is-piped.ts';
import { openSource } from '../rows/open-source.ts';
import { type Asker, openAsker } from './asker.ts';
import { type Decision, decide } from './decide.ts';
import { mappingText } from './mapping-text.ts';
import { nextCommands } from './next-commands.ts';
import { readSample, type Sample } from './sample.ts';
import { shownColumns } from './shown-columns.ts';

interface InitOptions extends SharedOptions, SourceOptions {
  readonly output?: string | undefined;
  readonly eventName?: string | undefined;
}

export async function init(given: string | undefined, options: InitOptions): Promise<void> {
  const input = given ?? (isPiped(options) ? '-' : undefined);
  const source = await withModelQuery(options);
  checkSource(input, source);
  const file = options.output ?? fileFor(source);
  const ask = options.yes === true ? undefined : openAsker();
  await checkFile(file, ask);
  const { sample, shown } = await readShown(input, source);
  const decision = await decide(sample, { eventName: options.eventName, ask });
  const text = mappingText(sample, decision, shown);
  // What init writes is what sync reads: a mistake is one of this program.
  compileRowMapping(parseYaml(text), [], file);
  write(file, text);
  const cursor = cursorOf(sample);
  const next = nextCommands({ input, options, file, cursor });
  showResult(options.json === true, toReport(file, decision, next), () => describe(file, decision, next));
}

async function readShown(input: string | undefined, source: InitOptions) {
  const sample = await readSample(await openSource(input, source, undefined));
  if (sample.rows === 0) throw usageError('The query gave no rows, so nothing is known about its columns.');
  const shown = shownColumns(
    sample.columns.map(({ name }) => name),
    // The tables of a database and the keys of JSON have names of their own.
    { query: source.query, hasNames: input === '-' || (source.postgres ?? source.duckdb) !== undefined },
  );
  return {
    sample: { ...sample, columns: sample.columns.filter(({ name }) => shown.includes(name)) },
    shown,
  };
}

/** `orders.yml` for the file, table or model `orders`. */
function fileFor({ query = '', model }: SourceOptions): string {
  const [, path, table] = /\bfrom\s+(?:'([^']+)'|([\w."]+))/i.exec(query) ?? [];
  const name =
    model ?? path?.split('/').at(-1)?.split('.')[0] ?? table?.replaceAll('"', '').split('.').at(-1);
  return `${name !== undefined && /^[A-Za-z][\w-]*$/.test(name) ? name : 'mapping'}.yml`;
}

async function checkFile(file: string, ask: Asker | undefined): Promise<void> {
  if (!existsSync(file)) return;
  if (ask === undefined)
    throw usageError(
      'The file of the mapping is there already, and is not overwritten: name another with --output.',
    );
  if (!(await ask.confirm(`${file} is there already. Write over it?`, false)))
    throw new CliError(exitCodes.failed, 'Nothing was written.');
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw usageError(`The file of --output cannot be written (${codeOf(error)}).`);
  }
}

/** The time of the last change, which grows with each row that is new or changed. */
const cursorOf = ({ columns }: Sample): string | undefined =>
  ['updated_at', 'modified_at', 'last_modified', 'created_at', 'id']
    .map((wanted) => columns.find(({ name }) => name.toLowerCase() === wanted))
    .find((column) => column !== undefined && ['time', 'number'].includes(column.kind))?.name;

type Next = ReturnType<typeof nextCommands>;

const toReport = (file: string, { eventName, entries, byName, excluded }: Decision, next: Next) => ({
  file,
  event_name: eventName ?? null,
  entries: Object.fromEntries(entries),
  by_name: byName,
  excluded,
  next: [next.dryRun, next.send],
});

function describe(file: string, { eventName, entries, byName, excluded }: Decision, next: Next): string {
  const lines = [
    ...(eventName === undefined ? [] : [`  event_name: ${eventName}`]),
    ...[...entries].map(([field, column]) => `  ${column} → ${field}`),
    ...byName.map((column) => `  ${column} → ${column.toLowerCase()} (by its name)`),
    ...excluded.map((column) => `  ${column}: left out, since it probably means something else`),
  ];
  return [
    `${file} is written:`,
    ...lines,
    '',
    'Check the file, then see what it does:',
    `  ${next.dryRun}`,
    'Send, and with a cursor pick up there the next time:',
    `  ${next.send}`,
  ].join('\n');
}
