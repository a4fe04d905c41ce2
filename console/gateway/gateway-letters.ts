/** The dead letters of the gateway on this machine, through the same code as the command line. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { openLetters } from '../../cli/dead-letters/open-letters.ts';
import { createLocalJournal } from '../../cli/journal/local/local-journal.ts';
import { credentials, region, stageName } from '../../local/stage.ts';
import { letterActions } from '../server/letter-actions.ts';
import type { LetterActions } from '../server/source.ts';

export interface LocalQueues {
  /** Base URL of the API. */
  readonly url: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

export function gatewayLetters({ url, queueUrl, deadLetterQueueUrl }: LocalQueues): LetterActions {
  const endpoint = new URL(queueUrl).origin;
  const sqs = new SQSClient({ region, endpoint, credentials, maxAttempts: 2 });
  const stage = {
    name: stageName,
    sqs: async () => sqs,
    queueUrl: async () => queueUrl,
    deadLetterQueueUrl: async () => deadLetterQueueUrl,
  };
  return letterActions(openLetters(stage, createLocalJournal(url)), true);
}
