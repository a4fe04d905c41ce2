/** What the operator did as a line of the journal, in the JSON in which the functions log. */
import type { OperatorLine } from '../../lib/journal/line.ts';

export const operatorJson = (stage: string, line: OperatorLine): Readonly<Record<string, unknown>> => ({
  level: 'INFO',
  message: `message ${line.kind}`,
  timestamp: new Date(line.atMs).toISOString(),
  stage,
  event: line.event,
  destination: line.destination,
  reason: line.reason,
  message_id: line.messageId,
  trace: line.traces.join(' ') || undefined,
});
