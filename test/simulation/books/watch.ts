/** Watches the consumer for the books: which messages an invocation gets, and when it calls TikTok. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type Code, deliverCode } from '../lambda/functions.ts';
import type { Reach } from '../lambda/reach.ts';
import { keyOf } from '../sqs/stored-message.ts';
import type { Fact } from '../world-parts.ts';

/** @returns the code of the consumer, for one environment after another */
export function watchedConsumer(
  witness: (fact: Fact) => void,
  load: (reach: Reach) => Code<SQSEvent, SQSBatchResponse> = deliverCode,
): (reach: Reach) => Code<SQSEvent, SQSBatchResponse> {
  let invocations = 0;
  return (reach) => {
    let invocation = 0;
    const fetch: Reach['fetch'] = async (url, init) => {
      const current = invocation;
      witness({ kind: 'calling', invocation: current });
      try {
        return await reach.fetch(url, init);
      } finally {
        witness({ kind: 'answered', invocation: current });
      }
    };
    const run = load({ ...reach, fetch });
    return async (event, remainingMs) => {
      invocations += 1;
      invocation = invocations;
      const messages = event.Records.map(({ body, attributes }) => ({
        key: keyOf(body),
        receives: Number(attributes.ApproximateReceiveCount),
      }));
      witness({ kind: 'invoked', invocation, messages });
      const answer = await run(event, remainingMs);
      witness({ kind: 'ended', invocation });
      return answer;
    };
  };
}
