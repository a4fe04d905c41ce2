/** The consumer's work for one batch of messages: decode, group, deliver, settle. Nothing is done unless it is proven. */
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { Destinations } from '../events/destination.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { TikTokClient } from '../tiktok/client.ts';
import { createCallBudget } from './call-budget.ts';
import { decodeRecord } from './decode-record.ts';
import { deliverGroup } from './deliver-group.ts';
import { groupItems } from './group.ts';
import { type Fate, type Item, isItem } from './item.ts';
import { deliverAtPace } from './pace.ts';
import { createReport } from './report.ts';
import { parkWhenSpent, type Settled, type SettlePorts, settle } from './settle.ts';
import { createTokenSource, type ReadToken } from './token-source.ts';

export interface DeliverPorts extends SettlePorts {
  readonly destinations: Destinations;
  readonly callTikTok: TikTokClient;
  readonly readToken: ReadToken;
  readonly telemetry: Telemetry;
}

/** Time left for parking and delaying when the calls to TikTok are over. */
const reserveMs = 5_000;

/**
 * @param remainingMs until Lambda ends the invocation
 * @returns which messages SQS must keep. Never throws for what a message holds or TikTok answers.
 */
export async function deliverBatch(
  records: readonly SQSRecord[],
  remainingMs: number,
  ports: DeliverPorts,
): Promise<SQSBatchResponse> {
  const startedAt = ports.now();
  const report = createReport(ports.telemetry, ports.now);
  const decoded = records.map((record) =>
    decodeRecord(record, { destinations: ports.destinations, nowMs: startedAt }),
  );
  const items = decoded.map(({ result }) => result).filter(isItem);

  const fates = new Map<Item, Fate>();
  const setFate = (some: readonly Item[], fate: Fate): void => {
    for (const item of some) fates.set(item, fate);
  };
  const budget = createCallBudget(startedAt + remainingMs - reserveMs, ports.now);
  const tokens = createTokenSource(ports.readToken);
  const shared = {
    callTikTok: ports.callTikTok,
    tokens,
    budget,
    observe: report.call,
    now: ports.now,
    setFate,
  };
  await deliverAtPace(groupItems(items), (group) => deliverGroup(group, shared));

  const settled = decoded.map(({ received, destinationName, trace, result }): Settled => {
    const item = isItem(result) ? result : undefined;
    const fate = isItem(result) ? (fates.get(result) ?? notTried) : result;
    return {
      received,
      destinationName,
      trace,
      item,
      fate: parkWhenSpent(fate, received.receives, ports.settings.maxReceiveCount),
    };
  });
  const { response, awsErrors } = await settle(settled, ports);
  report.batch({
    settled,
    awsErrors,
    extraCalls: budget.extraCalls(),
    durationMs: ports.now() - startedAt,
  });
  return response;
}

/** Every group sets a fate for each of its items; should one ever be forgotten, its message comes back. */
const notTried: Fate = { kind: 'retry', reason: 'not_tried', outcome: 'refused' };
