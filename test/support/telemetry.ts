/** Telemetry that remembers what was logged and counted. */
import type { LogFields, MetricName, Telemetry } from '../../lib/telemetry/telemetry.ts';

export interface RecordedTelemetry extends Telemetry {
  readonly lines: { level: string; message: string; fields: LogFields }[];
  readonly counts: { name: MetricName; value: number }[];
  readonly flushes: () => number;
  readonly sum: (name: MetricName) => number;
}

export function recordTelemetry(): RecordedTelemetry {
  const lines: RecordedTelemetry['lines'] = [];
  const counts: RecordedTelemetry['counts'] = [];
  let flushes = 0;
  const log = (level: string) => (message: string, fields: LogFields) =>
    void lines.push({ level, message, fields });
  return {
    lines,
    counts,
    flushes: () => flushes,
    sum: (name) => counts.filter((count) => count.name === name).reduce((sum, { value }) => sum + value, 0),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    count: (name, value = 1) => void counts.push({ name, value }),
    flush: () => {
      flushes += 1;
    },
  };
}
