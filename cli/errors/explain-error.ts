/**
 * Turns the error that ended a command into a sentence with a remedy. Messages of libraries can repeat their input, such as
 * a cell or a password, so only our own and those of AWS are shown; of any other error, the name and code.
 */

import { AppError } from '../../lib/errors/app-error.ts';
import { terminal } from '../terminal/io.ts';
import { printable } from '../terminal/output.ts';
import { CliError } from './cli-error.ts';

const remedies: Readonly<Record<string, string>> = {
  CredentialsProviderError:
    'No AWS credentials were found: log in (aws sso login, aws configure) or set AWS_PROFILE.',
  ExpiredTokenException: 'The AWS credentials have expired: log in again.',
  ExpiredToken: 'The AWS credentials have expired: log in again.',
  UnrecognizedClientException: 'AWS does not know these credentials: check AWS_PROFILE and the account.',
  InvalidClientTokenId: 'AWS does not know these credentials: check AWS_PROFILE and the account.',
  AccessDeniedException:
    'These AWS credentials are not allowed to do this: use a role that can operate the stage.',
  AccessDenied: 'These AWS credentials are not allowed to do this: use a role that can operate the stage.',
  QueueDoesNotExist: 'The queue does not exist: is the stage deployed, or `npm start` running?',
};

const networkErrors = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET', 'ETIMEDOUT']);

export function explainError(error: unknown): string {
  if (error instanceof CliError) return error.message;
  if (!(error instanceof Error)) return 'Something failed without an error message.';
  const code = codeOf(error);
  if (networkErrors.has(code))
    return `No connection (${code}): is the stage deployed, or \`npm start\` running, with the same PORT and SQS_PORT?`;
  const remedy = remedies[error.name];
  if (remedy !== undefined) return remedy;
  return [messageOf(error, code), ...(terminal().env.DEBUG ? placesOf(error) : [])].join('\n');
}

function messageOf(error: Error, code: string): string {
  // Messages of this project name settings, never values.
  if (error instanceof AppError) return error.message;
  if ('$metadata' in error) return `${error.name}: ${printable(error.message, 500)}`;
  const shown = [error.name, code].filter((text) => /^\w{1,60}$/.test(text));
  return `Something failed (${shown.join(', ')}): run the command again with DEBUG=1 to see where.`;
}

/** The stack without the message, which comes first. */
function placesOf({ stack = '', message }: Error): string[] {
  const [, ...after] = stack.split(message === '' ? '\n' : message);
  return (after.at(-1) ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
}

/** Refused connections of several addresses come as one AggregateError. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return 'cause' in error ? codeOf(error.cause) : '';
}

/** True for an error of AWS that no check of a stage can get around, such as missing credentials. */
export const isAwsRefusal = (error: unknown): boolean =>
  error instanceof Error && error.name in remedies && error.name !== 'QueueDoesNotExist';

/** True for errors that the right AWS credentials, a running gateway or a deployment fix. */
export const isUnavailable = (error: unknown): boolean =>
  networkErrors.has(codeOf(error)) || (error instanceof Error && error.name in remedies);
