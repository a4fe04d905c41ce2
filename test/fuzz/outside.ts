/** What is outside of the doors, in memory: the queue, the log and TikTok. It keeps what one body caused. */
import type { OutgoingMessage, QueueClient } from '../../lib/queue/queue-client.ts';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { loggableFields } from '../../lib/telemetry/log-fields.ts';
import type { Telemetry } from '../../lib/telemetry/telemetry.ts';
import type { TikTokClient } from '../../lib/tiktok/client.ts';
import { checkBody } from '../../local/tiktok-sandbox/track/check-request.ts';
import { destinations } from '../support/events/events.ts';

export const queueUrl = 'queue';
export const deadLetterQueueUrl = 'dead-letters';

export interface Outside {
  readonly queued: OutgoingMessage[];
  readonly parked: OutgoingMessage[];
  /** As CloudWatch gets them. */
  readonly lines: string[];
  /** Bodies of calls to TikTok. */
  readonly calls: string[];
  readonly queue: QueueClient;
  readonly telemetry: Telemetry;
  readonly tiktok: TikTokClient;
  readonly clear: () => void;
}

const pixels: ReadonlySet<string> = new Set(Object.values(destinations).map(({ pixelCode }) => pixelCode));

/** TikTok checks each call as the sandbox of `npm start` does, and a refusal is a finding. */
export function createOutside(find: (finding: string) => void): Outside {
  const queued: OutgoingMessage[] = [];
  const parked: OutgoingMessage[] = [];
  const lines: string[] = [];
  const calls: string[] = [];
  const log: Telemetry['info'] = (message, fields) =>
    void lines.push(JSON.stringify({ message, ...loggableFields(fields) }));
  return {
    queued,
    parked,
    lines,
    calls,
    queue: {
      send: async (url, messages) => {
        (url === deadLetterQueueUrl ? parked : queued).push(...messages);
        return { stored: messages.map(() => true), errors: [] };
      },
      delay: async () => [],
    },
    telemetry: { info: log, warn: log, error: log, count: () => undefined, flush: () => undefined },
    tiktok: async ({ body = '' }) => {
      calls.push(body);
      const { code, message } = checkBody(parseJson(body), pixels);
      if (code !== 0) find(`TikTok would refuse a call: ${message}`);
      return { kind: 'answer', status: 200, code: 0, message: 'OK', requestId: 'fuzz' };
    },
    clear: () => {
      for (const list of [queued, parked, lines, calls]) list.length = 0;
    },
  };
}
