/** Counts by a dimension with one metric line for each value, however many things have it: a line costs, and a batch has many. */
import type { Dimensions, MetricName, Telemetry } from './telemetry.ts';

/** @param values one for each thing to be counted, of a closed list */
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
