/** The consumer's work for one batch: decode, group, deliver, settle. Nothing counts as done unless it is proven. */
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { createCallBudget } from './call-budget.ts';
import type { DeliveryContext } from './context.ts';
import { decodeRecord } from './decode-record.ts';
import { startGroup } from './deliver-group.ts';
import { groupMessages } from './group.ts';
import { logForeign } from './journal/lines.ts';
import { deliverAtPace } from './pace.ts';
import { reportBatch, reportCalls } from './report.ts';
import { parkWhenSpent, settle } from './settle.ts';
import { createTokenSource } from './token-source.ts';

/** Time reserved for parking and delaying after the last call to TikTok. */
const reserveMs = 5_000;

/**
 * @param remainingMs until Lambda ends the invocation
 * @returns the messages that SQS must keep. Never throws because of a message's content or TikTok's answer.
 */
export async function deliverBatch(
  records: readonly SQSRecord[],
  remainingMs: number,
  context: DeliveryContext,
): Promise<SQSBatchResponse> {
  const { settings, clients, now } = context;
  const { telemetry } = clients;
  const startedAt = now();
  const { destinations, consent } = settings;
  const decoded = records.map((record) => decodeRecord(record, { destinations, consent, nowMs: startedAt }));
  logForeign(decoded, telemetry);
  const sendable = decoded.filter((each) => 'event' in each);
  const unsendable = decoded.filter((each) => 'disposition' in each);

  const budget = createCallBudget(startedAt + remainingMs - reserveMs, now);
  const tokens = createTokenSource(clients.readToken);
  const callContext = { tiktok: clients.tiktok, tokens, budget, now };
  const results = await deliverAtPace(groupMessages(sendable), (group) => startGroup(group, callContext));
  reportCalls(
    results.flatMap((result) => result.calls),
    telemetry,
  );

  const settled = [...results.flatMap((result) => result.settled), ...unsendable].map((each) =>
    parkWhenSpent(each, settings.delivery.maxReceiveCount),
  );
  const messages = [...sendable, ...unsendable.map(({ message }) => message)];
  const { response, ...settlement } = await settle(messages, settled, context);
  reportBatch({ settled, settlement, nowMs: now() }, telemetry);
  return response;
}
