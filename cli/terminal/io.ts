/**
 * The terminal of the running command: its streams, its environment and its signals. Commands use the process only through
 * here, so one process can run many commands, each with a terminal of its own.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { fstatSync, type Stats } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import pc from 'picocolors';
import type { ExitCode } from '../errors/exit-codes.ts';

export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly hasColors: boolean;
  /** The file that is standard input; undefined when it is not a file of this machine. */
  inputStats(): Stats | undefined;
  /** Calls `stop` at each Ctrl-C and SIGTERM. @returns a function that ends this */
  onInterrupt(stop: () => void): () => void;
  /** Ends the command at once. */
  exit(code: ExitCode): void;
}

/** A line that is redrawn in place, such as a progress bar. */
export interface LiveLine {
  /** Takes it off the screen. */
  pause(): void;
  /** Draws it again, below what was written meanwhile. */
  resume(): void;
}

interface Run {
  readonly terminal: Terminal;
  exitCode: number;
  live?: LiveLine | undefined;
}

const running = new AsyncLocalStorage<Run>();

/** Runs a command on a terminal. @returns its exit code: 0, or what it set with `endWith` */
export async function runOn(terminal: Terminal, command: () => Promise<unknown>): Promise<number> {
  const run: Run = { terminal, exitCode: 0 };
  await running.run(run, command);
  return run.exitCode;
}

/** The terminal of the running command; that of the process outside of any. */
export const terminal = (): Terminal => running.getStore()?.terminal ?? processTerminal;

/** Sets the exit code of the running command. It goes on. */
export function endWith(exitCode: number): void {
  const run = running.getStore();
  if (run !== undefined) run.exitCode = exitCode;
}

/** Makes a line the live one of the running command, or ends that. */
export function setLiveLine(live: LiveLine | undefined): void {
  const run = running.getStore();
  if (run !== undefined) run.live = live;
}

/** Everything that is written to the terminal goes through here, so that no text ends up inside the live line. */
export function besideLiveLine(write: () => void): void {
  const live = running.getStore()?.live;
  live?.pause();
  write();
  live?.resume();
}

/** Styles for text on the terminal; plain where it has no colors. */
export const colors = (): ReturnType<typeof pc.createColors> => pc.createColors(terminal().hasColors);

const interrupts = ['SIGINT', 'SIGTERM'] as const;

/** The real one. Its streams are getters because Node opens each at its first use. */
export const processTerminal: Terminal = {
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    return process.stdout;
  },
  get stderr() {
    return process.stderr;
  },
  get env() {
    return process.env;
  },
  hasColors: pc.isColorSupported,
  inputStats: () => {
    try {
      return fstatSync(process.stdin.fd);
    } catch {
      return undefined;
    }
  },
  onInterrupt: (stop) => {
    for (const signal of interrupts) process.on(signal, stop);
    return () => {
      for (const signal of interrupts) process.off(signal, stop);
    };
  },
  exit: (code) => process.exit(code),
};
