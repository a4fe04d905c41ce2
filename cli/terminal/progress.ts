/** Progress on standard error: a bar with rate and remaining time on a terminal, a line every 10 seconds elsewhere. */
import { Presets, SingleBar } from 'cli-progress';
import { durationText } from './duration-text.ts';
import { terminal } from './io.ts';
import { isWatched, note } from './output.ts';

export interface Progress {
  update(done: number): void;
  stop(): void;
}

export interface ProgressOptions {
  /** What is counted, such as `rows`. */
  readonly unit: string;
  /** undefined: not known, so neither a bar nor a remaining time can be shown. */
  readonly total: number | undefined;
  /** Nothing at all. */
  readonly isQuiet?: boolean;
}

const lineEveryMs = 10_000;
const number = (value: number): string => Math.round(value).toLocaleString('en-US');

export function startProgress(options: ProgressOptions): Progress {
  if (options.isQuiet === true) return { update: () => undefined, stop: () => undefined };
  return isWatched() ? startBar(options) : startLines(options);
}

function startBar({ unit, total }: ProgressOptions): Progress {
  const startedAt = performance.now();
  const counted = total === undefined ? '{value}' : '{bar} {percentage}% | {value}/{total}';
  const remaining = total === undefined ? '' : ' | {remaining} left';
  const bar = new SingleBar(
    {
      format: `${counted} ${unit} | {rate}/s${remaining}`,
      formatValue: (value, _, type) => (type === 'percentage' ? String(value) : number(Number(value))),
      hideCursor: true,
      stream: terminal().stderr,
      fps: 5,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  bar.start(total ?? 0, 0, { rate: '0', remaining: '?' });
  return {
    update: (done) => {
      const rate = done / Math.max(0.001, (performance.now() - startedAt) / 1000);
      const left = total === undefined || rate === 0 ? '?' : durationText(((total - done) / rate) * 1000);
      bar.update(done, { rate: number(rate), remaining: left });
    },
    stop: () => bar.stop(),
  };
}

function startLines({ unit, total }: ProgressOptions): Progress {
  const startedAt = performance.now();
  let shownAt = startedAt;
  return {
    update: (done) => {
      const nowMs = performance.now();
      if (nowMs - shownAt < lineEveryMs) return;
      shownAt = nowMs;
      const rate = done / ((nowMs - startedAt) / 1000);
      note(`${number(done)}${total === undefined ? '' : ` of ${number(total)}`} ${unit}, ${number(rate)}/s`);
    },
    stop: () => undefined,
  };
}
