/** Reads a secret without showing it: the first line of standard input, or a prompt that hides the input. */
import { isCancel, password } from '@clack/prompts';
import { CliError, usageError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { terminal } from './io.ts';

const maxBytes = 64 * 1024;

/** @param what the name in the prompt and in errors, such as `API key` */
export async function readSecretInput(what: string): Promise<string> {
  const text = terminal().stdin.isTTY === true ? await ask(what) : await readFirstLine();
  if (text.trim() === '') throw usageError(`No ${what} was given: pipe it in, or run this on a terminal.`);
  return text.trim();
}

async function ask(what: string): Promise<string> {
  const { stdin: input, stderr: output } = terminal();
  const answer = await password({ message: what, input, output });
  if (isCancel(answer)) throw new CliError(exitCodes.interrupted, 'Canceled.');
  return answer ?? '';
}

async function readFirstLine(): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of terminal().stdin) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > maxBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8').split(/\r?\n/, 1)[0] ?? '';
}
