/** The queue server of a local run: with the names of the stage `local`, and the pace of the stage that runs. */
import { region, stageName } from '../stage.ts';
import { type QueueServer, startQueueServer } from './queue-server.ts';

interface QueuePace {
  /** 0 takes a free one. */
  readonly sqsPort: number;
  readonly visibilityTimeoutSeconds: number;
  readonly maxReceiveCount: number;
}

/** @throws PortTakenError when another program has the port */
export const startQueue = ({
  sqsPort,
  visibilityTimeoutSeconds,
  maxReceiveCount,
}: QueuePace): Promise<QueueServer> =>
  startQueueServer({ port: sqsPort, stage: stageName, region, maxReceiveCount, visibilityTimeoutSeconds });
