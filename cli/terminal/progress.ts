/** Progress on standard error: a bar with rate and remaining time on a terminal, a line every 10 seconds elsewhere. */
import { SingleBar } from 'cli-progress';
import { durationText } from './duration-text.ts';
import { setLiveLine, terminal } from './io.ts';
import { isWatched, note } from './output.ts';
import { countText, plural } from './plural.ts';

export interface Progress {
  update(done: number): void;
  /** Says why nothing moves, until the next update. @param untilMs when it goes on, on the clock of performance.now() */
  wait(reason: string, untilMs: number): void;
  stop(): void;
}

export interface ProgressOptions {
  /** One of what is counted, such as `row`. */
  readonly unit: string;
  /** undefined: not known, so neither a bar nor a remaining time can be shown. */
  readonly total: number | undefined;
  /** Nothing at all. */
  readonly isQuiet?: boolean;
}

const lineEveryMs = 10_000;
const number = (value: number): string => countText(Math.round(value));

export function startProgress(options: ProgressOptions): Progress {
  if (options.isQuiet === true)
    return { update: () => undefined, wait: () => undefined, stop: () => undefined };
  return isWatched() ? startBar(options) : startLines(options);
}

interface State {
  readonly startedAtMs: number;
  done: number;
  waiting: { readonly reason: string; readonly untilMs: number } | undefined;
}

/** The library saves the cursor's place at its start and goes back there at its end: nothing may be written in between. */
function startBar(options: ProgressOptions): Progress {
  const state: State = { startedAtMs: performance.now(), done: 0, waiting: undefined };
  const bar = new SingleBar({
    format: () => barText(options, state, performance.now()),
    hideCursor: true,
    stream: terminal().stderr,
    fps: 5,
    gracefulExit: false,
    clearOnComplete: true,
  });
  const draw = (): void => bar.start(options.total ?? 0, state.done);
  draw();
  setLiveLine({ pause: () => bar.stop(), resume: draw });
  return {
    update: (done) => {
      Object.assign(state, { done, waiting: undefined });
      bar.update(done);
    },
    wait: (reason, untilMs) => {
      state.waiting = { reason, untilMs };
    },
    stop: () => {
      setLiveLine(undefined);
      bar.stop();
    },
  };
}

const barWidth = 40;

function barText({ unit, total }: ProgressOptions, state: State, nowMs: number): string {
  const { startedAtMs, done, waiting } = state;
  const share = total === undefined || total === 0 ? 0 : Math.min(1, done / total);
  const counted =
    total === undefined
      ? plural(done, unit)
      : `${Math.floor(share * 100)}% | ${number(done)}/${plural(total, unit)}`;
  if (waiting !== undefined) return `${counted} | ${waitText(waiting, nowMs)}`;
  const rate = done / Math.max(0.001, (nowMs - startedAtMs) / 1000);
  const left = total === undefined || rate === 0 ? '?' : durationText(((total - done) / rate) * 1000);
  const full = Math.round(share * barWidth);
  const bar = total === undefined ? '' : `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} `;
  return `${bar}${counted} | ${number(rate)}/s${total === undefined ? '' : ` | ${left} left`}`;
}

function waitText({ reason, untilMs }: { reason: string; untilMs: number }, nowMs: number): string {
  const seconds = Math.ceil((untilMs - nowMs) / 1000);
  return seconds > 0 ? `${reason}, next try in ${seconds} s` : `${reason}, trying again`;
}

function startLines({ unit, total }: ProgressOptions): Progress {
  const startedAt = performance.now();
  let shownAt = startedAt;
  const isDue = (): boolean => {
    const isLate = performance.now() - shownAt >= lineEveryMs;
    if (isLate) shownAt = performance.now();
    return isLate;
  };
  let reasonShown = '';
  return {
    update: (done) => {
      reasonShown = '';
      if (!isDue()) return;
      const rate = done / ((performance.now() - startedAt) / 1000);
      note(
        `${number(done)}${total === undefined ? '' : ` of ${number(total)}`} ${unit}${done === 1 ? '' : 's'}, ${number(rate)}/s`,
      );
    },
    wait: (reason, untilMs) => {
      if (reason === reasonShown && !isDue()) return;
      reasonShown = reason;
      note(waitText({ reason, untilMs }, performance.now()));
    },
    stop: () => undefined,
  };
}
