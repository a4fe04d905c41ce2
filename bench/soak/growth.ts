/** Decides whether samples grow, by the line through them, so that a single peak counts little. */

export interface Bound {
  /** Growth over all samples that is noise, as a share of the mean and as an amount; the larger counts. */
  readonly share: number;
  readonly amount: number;
}

/** @returns how much the line through evenly spaced samples rises from the first to the last */
export function riseOf(samples: readonly number[]): number {
  const middle = (samples.length - 1) / 2;
  const mean = meanOf(samples);
  const above = samples.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
  const spread = samples.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
  return spread === 0 ? 0 : (above / spread) * (samples.length - 1);
}

export const isFlat = (samples: readonly number[], { share, amount }: Bound): boolean =>
  riseOf(samples) <= Math.max(meanOf(samples) * share, amount);

const meanOf = (samples: readonly number[]): number =>
  samples.reduce((sum, value) => sum + value, 0) / Math.max(1, samples.length);
