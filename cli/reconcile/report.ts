/** The result of `reconcile`; with `--json` it is the document. */
import type { Balance } from './balance.ts';
import type { PixelReport } from './pixel-counts.ts';

export interface ReconcileReport {
  readonly stage: string;
  /** UTC days, oldest first. */
  readonly days: readonly string[];
  /** undefined when only one destination was asked for: what comes in names none. */
  readonly balance?: Balance;
  readonly pixels: readonly PixelReport[];
}
