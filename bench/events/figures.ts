/** The figures of a run of the benchmark, as a table for people and as numbers that do not depend on the machine. */
import { handlerRatios, handlerSection } from './handlers/figures.ts';
import type { HandlerCosts } from './handlers/handlers.ts';
import type { Section } from './table.ts';

/** A whole batch, in µs an event beside its floor. */
export interface Whole {
  readonly ratio: number;
  readonly nationalRatio: number;
  readonly omissionRatio: number;
  /** Against a clean batch. */
  readonly omissionCost: number;
  readonly usPerEvent: number;
  readonly nationalUsPerEvent: number;
  readonly omissionUsPerEvent: number;
  readonly floorUsPerEvent: number;
}

/** A page of a scheduled sync, in µs a row beside its floor. */
export interface SyncLoop {
  readonly ratio: number;
  readonly usPerRow: number;
  readonly floorUsPerRow: number;
}

interface Loading {
  readonly ms: number;
  readonly referenceMs: number;
  readonly ratio: number;
}

export interface Results {
  readonly consumer: Whole;
  readonly ingest: Whole;
  readonly sync: SyncLoop;
  /** µs an event. */
  readonly steps: Readonly<Record<string, number>>;
  readonly handlers: HandlerCosts;
  readonly coldStart: Readonly<Record<string, Loading>>;
  /** Bytes by function. */
  readonly bundles: Readonly<Record<string, number>>;
  readonly bundlesGzip: Readonly<Record<string, number>>;
}

/** The figures that do not depend on the machine: ratios and bytes. */
export function figures({ consumer, ingest, sync, handlers, coldStart, bundles }: Results) {
  return {
    consumer: {
      ratio: consumer.ratio,
      nationalRatio: consumer.nationalRatio,
      omissionCost: consumer.omissionCost,
    },
    ingest: { ratio: ingest.ratio, omissionCost: ingest.omissionCost },
    sync: { ratio: sync.ratio },
    handlers: handlerRatios(handlers),
    coldStart: {
      ingest: { ratio: coldStart.ingest?.ratio ?? Number.NaN },
      deliver: { ratio: coldStart.deliver?.ratio ?? Number.NaN },
      webhook: { ratio: coldStart.webhook?.ratio ?? Number.NaN },
    },
    bundles,
  };
}

export function sections(results: Results): Section[] {
  const whole = (name: 'consumer' | 'ingest', what: string) => {
    const { ratio, nationalRatio, omissionRatio, floorUsPerEvent, ...us } = results[name];
    return [
      [`${what}, phones as +1 (213) …`, us.usPerEvent, floorUsPerEvent, ratio],
      [`${what}, phones as (213) …`, us.nationalUsPerEvent, floorUsPerEvent, nationalRatio],
      [`${what}, one value omitted`, us.omissionUsPerEvent, floorUsPerEvent, omissionRatio],
    ];
  };
  return [
    {
      head: ['whole batch of 50', 'µs/event', 'floor', 'ratio'],
      rows: [
        ...whole('consumer', 'messages → TikTok request'),
        ...whole('ingest', 'HTTP event → SQS entries'),
      ],
    },
    syncSection(results.sync),
    handlerSection(results.handlers),
    { head: ['step', 'µs/event'], rows: Object.entries(results.steps) },
    {
      head: ['function', 'bytes', 'gzip', 'load ms', 'SDK alone', 'ratio'],
      rows: Object.entries(results.coldStart).map(([name, { ms, referenceMs, ratio }]) => [
        name,
        results.bundles[name] ?? 0,
        results.bundlesGzip[name] ?? 0,
        ms,
        referenceMs,
        ratio,
      ]),
    },
  ];
}

function syncSection({ usPerRow, floorUsPerRow, ratio }: SyncLoop): Section {
  return {
    head: ['scheduled sync', 'µs/row', 'floor', 'ratio', 'rows per CPU second'],
    rows: [
      ['1,000 rows of Athena → messages', usPerRow, floorUsPerRow, ratio, Math.round(1_000_000 / usPerRow)],
    ],
  };
}
