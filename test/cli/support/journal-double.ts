/** A journal that is a plain object, and a command that reads it on a terminal that keeps the output. */
import { Readable, Writable } from 'node:stream';
import { explainError } from '../../../cli/errors/explain-error.ts';
import type { CoverageSum, FlowSum, Journal } from '../../../cli/journal/journal.ts';
import { runOn, type Terminal } from '../../../cli/terminal/io.ts';
import { setEnvironment } from './run-cli.ts';

const none = async function* () {};

/** The sums whose day is in the window, as a real journal gives them. */
export function journalOf(sums: {
  readonly coverage?: readonly CoverageSum[];
  readonly flow?: readonly FlowSum[];
}): Journal {
  const within = <Sum extends { readonly day: string }>(
    list: readonly Sum[],
    window: { fromMs: number; toMs: number },
  ) =>
    list.filter(({ day }) => {
      const startMs = Date.parse(day);
      return startMs + 86_400_000 > window.fromMs && startMs < window.toMs;
    });
  return {
    lines: none,
    follow: none,
    coverage: async (window) => within(sums.coverage ?? [], window),
    flow: async (window) => within(sums.flow ?? [], window),
    write: async () => undefined,
  };
}

/** @returns exit code and output; an error that ended the command is its message, with code -1 */
export async function runCommand(
  command: () => Promise<unknown>,
  env: Readonly<Record<string, string>> = {},
  hasColors = false,
) {
  const [stdout, stderr] = [keeper(), keeper()];
  const terminal: Terminal = {
    stdin: Readable.from([]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
    hasColors,
    inputStats: () => undefined,
    onInterrupt: () => () => undefined,
    exit: () => undefined,
  };
  let error: string | undefined;
  const restore = setEnvironment({ ...process.env, ...env });
  const code = await runOn(terminal, () =>
    command().catch((thrown: unknown) => {
      error = explainError(thrown);
    }),
  ).finally(restore);
  return { code: error === undefined ? code : -1, error, stdout: stdout.text(), stderr: stderr.text() };
}

function keeper() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
