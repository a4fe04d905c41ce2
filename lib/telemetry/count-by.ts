/** Adds up counts per dimension value first: CloudWatch charges for each line of a metric. */
import type { Dimensions, MetricName, Telemetry } from './telemetry.ts';

/** @param values of a closed list, one for each thing to count */
export function countBy(
  telemetry: Pick<Telemetry, 'count'>,
  name: MetricName,
  dimension: keyof Dimensions,
  values: Iterable<string>,
): void {
  const sums = new Map<string, number>();
  for (const value of values) sums.set(value, (sums.get(value) ?? 0) + 1);
  for (const [value, sum] of sums) telemetry.count(name, sum, { [dimension]: value });
}
