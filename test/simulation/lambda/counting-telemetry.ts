/** Telemetry that only counts: no line is written, since a run makes thousands. */
import type { MetricName, Telemetry } from '../../../lib/telemetry/telemetry.ts';

export interface CountingTelemetry extends Telemetry {
  /** The sum of a metric over all functions since the start. */
  readonly sum: (name: MetricName) => number;
}

export function createCountingTelemetry(): CountingTelemetry {
  const sums = new Map<MetricName, number>();
  const ignore = (): void => {};
  return {
    info: ignore,
    warn: ignore,
    error: ignore,
    flush: ignore,
    count: (name, value = 1) => void sums.set(name, (sums.get(name) ?? 0) + value),
    sum: (name) => sums.get(name) ?? 0,
  };
}
