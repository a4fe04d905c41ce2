/** Names the right that AWS says is missing, and its log group, so that an operator can ask for exactly that. */
import { CliError } from '../../errors/cli-error.ts';
import { isDenied } from '../../errors/denied.ts';
import { exitCodes } from '../../errors/exit-codes.ts';

/** The actions of IAM that the journal needs. docs/cli.md lists them. */
export type Right =
  | 'logs:DescribeLogGroups'
  | 'logs:StartQuery'
  | 'logs:GetQueryResults'
  | 'logs:FilterLogEvents'
  | 'logs:CreateLogStream'
  | 'logs:PutLogEvents';

/**
 * Runs one call of CloudWatch Logs.
 * @param groups the log groups that the call is about
 * @throws a `CliError` with exit code 3 when the credentials may not make the call; other errors as they are
 */
export async function withRight<T>(
  right: Right,
  groups: readonly string[],
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!isDenied(error)) throw error;
    const [group] = /log-group:([\w./#-]+)/.exec(error.message)?.slice(1) ?? [];
    const named = group === undefined ? groups : [group];
    const where = named.length === 0 ? '' : ` on log group ${named.join(', ')}`;
    throw new CliError(
      exitCodes.unavailable,
      `These AWS credentials lack the right ${right}${where}. Add it to your role, or set AWS_PROFILE to another one.`,
      { cause: error },
    );
  }
}
