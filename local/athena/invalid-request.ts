/** Athena's error for a request that it refuses. */
import { AwsError } from '../aws/http-service.ts';

/** @param athenaErrorCode the kind of mistake; the answer has it twice */
export const invalidRequest = (message: string, athenaErrorCode = 'INVALID_INPUT'): AwsError =>
  new AwsError('InvalidRequestException', message, {
    AthenaErrorCode: athenaErrorCode,
    ErrorCode: athenaErrorCode,
  });

/** The sentence for members of a request that the model of the API rules out. */
export function refuseConstraints(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const noun = problems.length === 1 ? 'error' : 'errors';
  throw invalidRequest(`${problems.length} validation ${noun} detected: ${problems.join('; ')}`);
}

export const constraint = (member: string, rule: string): string =>
  `Value at '${member}' failed to satisfy constraint: Member must have ${rule}`;
