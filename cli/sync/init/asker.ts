/** Asks the questions of `sync init` on the terminal. */
import { confirm, isCancel, select, text } from '@clack/prompts';
import { CliError } from '../../errors/cli-error.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { terminal } from '../../terminal/io.ts';

export interface Asker {
  text(question: string, likely: string | undefined): Promise<string>;
  confirm(question: string, likely: boolean): Promise<boolean>;
  /** @returns undefined for none of them */
  select(question: string, columns: readonly string[]): Promise<string | undefined>;
}

/** @returns undefined where nobody can answer */
export function openAsker(): Asker | undefined {
  const { stdin: input, stderr: output } = terminal();
  if (input.isTTY !== true || output.isTTY !== true) return undefined;
  const shared = { input, output };
  return {
    text: async (message, likely) =>
      answered(
        await text({
          message,
          ...(likely !== undefined && { placeholder: likely, defaultValue: likely }),
          validate: (typed = '') =>
            typed.trim() === '' && likely === undefined ? 'Give a name.' : undefined,
          ...shared,
        }),
      ).trim(),
    confirm: async (message, initialValue) => answered(await confirm({ message, initialValue, ...shared })),
    select: async (message, columns) => {
      const options = [
        ...columns.map((value) => ({ value, label: value })),
        { value: '', label: 'none of these' },
      ];
      return answered(await select({ message, options, ...shared })) || undefined;
    },
  };
}

function answered<Answer>(answer: Answer): Exclude<Answer, symbol> {
  if (isCancel(answer)) throw new CliError(exitCodes.interrupted, 'Canceled. Nothing was written.');
  return answer as Exclude<Answer, symbol>;
}
