/** The dead-letter queue: what the consumer parks, and what SQS moves. Nobody receives from it here. */
import type { Surroundings } from '../world-parts.ts';
import type { MessageAttributes } from './stored-message.ts';

export interface DeadLetter {
  readonly key: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** When its retention ends. */
  readonly keptUntilMs: number;
}

export interface DeadLetters {
  /**
   * @param sentAtMs when the message was first sent: a message that SQS moves keeps this time on a standard queue, and the
   * retention counts from it
   */
  readonly store: (
    letter: Pick<DeadLetter, 'key' | 'body'> & { readonly attributes: MessageAttributes | undefined },
    sentAtMs: number,
  ) => void;
  /** The letters whose retention has not ended. */
  readonly kept: () => readonly DeadLetter[];
}

export function createDeadLetters(
  { scheduler, witness }: Pick<Surroundings, 'scheduler' | 'witness'>,
  retentionMs: number,
): DeadLetters {
  let letters: DeadLetter[] = [];
  return {
    store({ key, body, attributes: given }, sentAtMs) {
      const attributes = textsOf(given);
      const keptUntilMs = sentAtMs + retentionMs;
      letters.push({ key, body, attributes, keptUntilMs });
      witness({ kind: 'dead-letter', key, attributes, keptUntilMs });
    },
    kept() {
      letters = letters.filter(({ keptUntilMs }) => keptUntilMs > scheduler.now());
      return letters;
    },
  };
}

const textsOf = (attributes: MessageAttributes = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).map(([name, { StringValue = '' }]) => [name, StringValue]));
