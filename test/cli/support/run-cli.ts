/**
 * Runs the command line. `runCli` runs a command inside the test's own process, on a terminal that keeps the output;
 * `startCli` runs it as its users do, in a process of its own, for tests of signals, memory and the process itself.
 */
import { spawn } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { run } from '../../../cli/program.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const main = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));
const terminal = fileURLToPath(new URL('terminal.ts', import.meta.url));

export interface CliRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Makes the process believe that standard error is a terminal. */
  readonly isTerminal?: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Nothing of the developer's own shell: neither credentials nor settings of the command line. */
const cleanEnvironment = (): Record<string, string> => {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(AWS_|TIKTOK_|LOCAL_|PORT$|SQS_PORT$|NO_COLOR$|FORCE_COLOR$|NODE_OPTIONS$|VITEST|CI$)/.test(name),
  );
  return Object.fromEntries(kept) as Record<string, string>;
};

interface InProcessOptions extends Omit<CliOptions, 'isTerminal'> {
  /** Leaves the environment of the process alone: the functions of a gateway in this process read it at any time. */
  readonly keepsEnvironment?: true;
}

/** Runs a command without a terminal: its standard input is `input`, and its output is kept. */
export async function runCli(args: readonly string[], options: InProcessOptions = {}): Promise<CliRun> {
  const { input = '', keepsEnvironment } = options;
  const env = { ...cleanEnvironment(), ...options.env };
  const [stdout, stderr] = [keeper(), keeper()];
  const restore = keepsEnvironment ? () => undefined : setEnvironment(env);
  try {
    const code = await run(args, {
      stdin: Readable.from(input === '' ? [] : [Buffer.from(input)]),
      stdout: stdout.stream,
      stderr: stderr.stream,
      env,
      hasColors: false,
      inputStats: () => undefined,
      onInterrupt: () => () => undefined,
      exit: () => undefined,
    });
    return { code, signal: null, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    restore();
  }
}

/** The same in a process of its own. */
export async function spawnCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const { child, ended } = startCli(args, options);
  child.stdin.end(options.input ?? '');
  return ended;
}

export function startCli(args: readonly string[], { env = {}, isTerminal = false }: CliOptions = {}) {
  const flags = isTerminal ? ['--import', terminal] : [];
  const child = spawn(process.execPath, [...flags, main, ...args], {
    cwd: root,
    env: { ...cleanEnvironment(), ...env },
    stdio: 'pipe',
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  child.stdin.on('error', () => undefined);
  const ended = new Promise<CliRun>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, ...output }));
  });
  return { child, output, ended };
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

const borrowed = { runs: 0, before: {} as Environment };

/** The AWS SDK and `pg` read the environment of the process themselves. @returns a function that puts back the old one */
export function setEnvironment(environment: Environment): () => void {
  if (borrowed.runs === 0) borrowed.before = { ...process.env };
  borrowed.runs += 1;
  replaceEnvironment(environment);
  return () => {
    borrowed.runs -= 1;
    if (borrowed.runs === 0) replaceEnvironment(borrowed.before);
  };
}

function replaceEnvironment(environment: Environment): void {
  for (const name of Object.keys(process.env))
    if (!Object.hasOwn(environment, name)) delete process.env[name];
  Object.assign(process.env, environment);
}
