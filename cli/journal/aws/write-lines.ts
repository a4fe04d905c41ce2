/** Writes what the operator did into the stage's log group for operators, with a log stream of this run's own. */
import { randomUUID } from 'node:crypto';
import { CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { OperatorLine } from '../../../lib/journal/line.ts';
import { unavailable } from '../../errors/cli-error.ts';
import { operatorJson } from '../operator-json.ts';
import { dayOf } from '../sums.ts';
import type { StageGroups } from './log-groups.ts';
import { withRight } from './missing-right.ts';

/** Far below the 10,000 lines and 1 MB that one call takes: a line has at most about 500 bytes. */
const linesPerCall = 1_000;

/** @returns a function that writes lines; the log stream is created before the first of them */
export function createLineWriter(stage: StageGroups): (lines: readonly OperatorLine[]) => Promise<void> {
  let stream: string | undefined;

  return async (lines) => {
    const inOrder = lines.toSorted((one, other) => one.atMs - other.atMs);
    const [first] = inOrder;
    if (first === undefined) return;
    stream ??= await createStream(stage, first.atMs);
    for (let start = 0; start < inOrder.length; start += linesPerCall)
      await put(stage, stream, inOrder.slice(start, start + linesPerCall));
  };
}

/** A random name says nothing about the operator, and two operators never share a stream. */
async function createStream(stage: StageGroups, atMs: number): Promise<string> {
  const logStreamName = `${dayOf(atMs)}/${randomUUID()}`;
  const command = new CreateLogStreamCommand({ logGroupName: stage.operatorGroup, logStreamName });
  await call(stage, 'logs:CreateLogStream', () => stage.client.send(command));
  return logStreamName;
}

async function put(stage: StageGroups, logStreamName: string, lines: readonly OperatorLine[]): Promise<void> {
  const logEvents = lines.map((line) => ({
    timestamp: line.atMs,
    message: JSON.stringify(operatorJson(stage.stage, line)),
  }));
  const command = new PutLogEventsCommand({ logGroupName: stage.operatorGroup, logStreamName, logEvents });
  await call(stage, 'logs:PutLogEvents', () => stage.client.send(command));
}

async function call(
  { operatorGroup, stage }: StageGroups,
  right: 'logs:CreateLogStream' | 'logs:PutLogEvents',
  send: () => Promise<unknown>,
): Promise<void> {
  try {
    await withRight(right, [operatorGroup], send);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error;
    throw unavailable(
      `Stage ${stage} has no log group ${operatorGroup}, which keeps what operators did: deploy the stage again.`,
      error,
    );
  }
}
