/** Runs the command line as its users do: as a process of its own, without a terminal unless asked. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

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

/** Nothing of the developer's own shell: neither credentials nor settings of the command line. */
const cleanEnvironment = (): Record<string, string> => {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(AWS_|TIKTOK_|LOCAL_|PORT$|SQS_PORT$|NO_COLOR$|FORCE_COLOR$|NODE_OPTIONS$|VITEST|CI$)/.test(name),
  );
  return Object.fromEntries(kept) as Record<string, string>;
};

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

export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const { child, ended } = startCli(args, options);
  child.stdin.end(options.input ?? '');
  return ended;
}
