/** Collects the answers of `init`: a flag, or a prompt on a terminal, or else the usual answer. Each is checked by its rule. */
import { text as askText, isCancel } from '@clack/prompts';
import { CliError, usageError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { terminal } from '../terminal/io.ts';
import { type Answers, type Question, questions } from './questions.ts';

export type GivenAnswers = { readonly [Name in keyof Answers]?: string | undefined };

export async function askAnswers(given: GivenAnswers): Promise<Answers> {
  const { stdin, stderr } = terminal();
  const canAsk = stdin.isTTY === true && stderr.isTTY === true;
  if (!canAsk) requireFlags(given);
  const answer = async (name: keyof Answers): Promise<string> => {
    const question = questions[name];
    const flag = given[name];
    if (flag !== undefined) return checkFlag(question, flag);
    return canAsk ? ask(question) : (question.usual ?? '');
  };
  return {
    region: await answer('region'),
    pixelCode: await answer('pixelCode'),
    currency: await answer('currency'),
    country: await answer('country'),
    alarmEmail: await answer('alarmEmail'),
    shopOrigin: await answer('shopOrigin'),
  };
}

/** Nobody can guess these two. */
function requireFlags(given: GivenAnswers): void {
  const missing = (['pixelCode', 'alarmEmail'] as const).filter((name) => given[name] === undefined);
  if (missing.length === 0) return;
  const flags = missing.map((name) => questions[name].flag).join(' and ');
  throw usageError(
    `Without a terminal, give ${flags}. An empty --alarm-email means that you subscribe in another way.`,
  );
}

function checkFlag({ flag, tidy, breaks }: Question, given: string): string {
  const answer = tidy(given);
  const rule = breaks(answer);
  if (rule !== undefined) throw usageError(`${flag} ${rule}.`);
  return answer;
}

async function ask({ asks, usual, tidy, breaks }: Question): Promise<string> {
  const { stdin: input, stderr: output } = terminal();
  const answer = await askText({
    message: asks,
    ...(usual !== undefined && { placeholder: usual, defaultValue: usual }),
    validate: (typed = '') => {
      const rule = typed === '' && usual !== undefined ? undefined : breaks(tidy(typed));
      return rule && `This ${rule}.`;
    },
    input,
    output,
  });
  if (isCancel(answer)) throw new CliError(exitCodes.interrupted, 'Canceled. Nothing was written.');
  return tidy(answer);
}
