/** Faults on purpose: each breaks one thing that a promise rests on, and the invariants must find it. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type Code, deliverCode, ingestCode } from '../lambda/functions.ts';
import type { Reach } from '../lambda/reach.ts';
import type { SimulatedStage } from '../stage.ts';
import type { Faults } from '../world.ts';

/** Changes what the consumer reaches the world with, or its settings. */
const withReach =
  (change: (reach: Reach) => Reach): Faults['loadConsumer'] =>
  (reach) =>
    deliverCode(change(reach));

const withAnswer =
  (answer: (run: () => Promise<SQSBatchResponse>) => Promise<SQSBatchResponse>): Faults['loadConsumer'] =>
  (reach) => {
    const run: Code<SQSEvent, SQSBatchResponse> = deliverCode(reach);
    return (event, remainingMs) => answer(() => run(event, remainingMs));
  };

const withDelivery = (
  change: (delivery: SimulatedStage['deliver']['delivery']) => SimulatedStage['deliver']['delivery'],
): Faults['loadConsumer'] =>
  withReach((reach) => {
    const { deliver } = reach.stage;
    return {
      ...reach,
      stage: { ...reach.stage, deliver: { ...deliver, delivery: change(deliver.delivery) } },
    };
  });

const none: SQSBatchResponse = { batchItemFailures: [] };

/** Each makes its faults anew for a run. */
export const faults: Readonly<Record<string, () => Faults>> = {
  'the consumer acknowledges a batch before it delivers it': () => ({
    loadConsumer: withAnswer(async (run) => {
      void run();
      return none;
    }),
  }),
  'the consumer reports no failures': () => ({
    loadConsumer: withAnswer(async (run) => {
      await run();
      return none;
    }),
  }),
  'the consumer reports the first failure only': () => ({
    loadConsumer: withAnswer(async (run) => ({
      batchItemFailures: (await run()).batchItemFailures.slice(0, 1),
    })),
  }),
  'TikTok forgets its deduplication': () => ({
    fact: (fact) => (fact.kind === 'taken' ? { ...fact, counts: true } : fact),
  }),
  'the queue loses a message now and then': loseMessages,
  'the ingest function accepts events without storing them': () => ({
    loadIngest: (reach) =>
      ingestCode({
        ...reach,
        sqs: {
          ...reach.sqs,
          sendMessageBatch: async ({ Entries = [] }) => ({ Successful: Entries.map(({ Id }) => ({ Id })) }),
        },
      }),
  }),
  'the visibility timeout is shorter than a run of the consumer': () => ({
    stage: (stage) => ({ ...stage, sqs: { ...stage.sqs, visibilityTimeoutMs: 5_000 } }),
  }),
  'the first steps of the ladder are missing': () => ({
    loadConsumer: withDelivery((delivery) => ({
      ...delivery,
      retryStepsSeconds: delivery.retryStepsSeconds.slice(4),
    })),
  }),
  'the last step of the ladder is missing': () => ({
    loadConsumer: withDelivery((delivery) => ({
      ...delivery,
      retryStepsSeconds: delivery.retryStepsSeconds.slice(0, -1),
      holdStepsSeconds: delivery.holdStepsSeconds.slice(0, -1),
    })),
  }),
  'the consumer reads a secret once only': () => ({
    loadConsumer: withReach((reach) => {
      const known = new Map<string, Promise<string | undefined>>();
      const read: Reach['secrets']['read'] = (name) => {
        const text = known.get(name) ?? reach.secrets.read(name);
        known.set(name, text);
        return text;
      };
      return { ...reach, secrets: { read } };
    }),
  }),
  'the dead-letter queue keeps its letters for 4 days': () => ({
    stage: (stage) => ({ ...stage, sqs: { ...stage.sqs, deadLetterRetentionMs: 4 * 86_400_000 } }),
  }),
  'SQS moves a message after 20 receives': () => ({
    stage: (stage) => ({ ...stage, sqs: { ...stage.sqs, maxReceiveCount: 20 } }),
  }),
};

/** Deletes every fiftieth message that it hands out, and hands it out to nobody. */
function loseMessages(): Faults {
  const lost = new Set<string>();
  let count = 0;
  return {
    queue: (consumer) => ({
      ...consumer,
      async receive(most, waitMs) {
        const messages = await consumer.receive(most, waitMs);
        const losses = messages.filter(() => {
          count += 1;
          return count % 50 === 0;
        });
        for (const { MessageId = '' } of losses) lost.add(MessageId);
        await consumer.remove(losses.map(({ ReceiptHandle = '' }) => ReceiptHandle)).catch(() => undefined);
        return messages.filter((message) => !losses.includes(message));
      },
    }),
    fact: (fact) => (fact.kind === 'removed' && lost.has(fact.messageId) ? undefined : fact),
  };
}
