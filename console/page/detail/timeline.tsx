/** The steps of a story. The first has its time of day; each later one, the time since the first. */
import type { StoryStep } from '../../api.ts';
import { Prose } from '../parts/prose.tsx';
import { Time } from '../parts/time.tsx';
import { useNow } from '../state/use-now.ts';
import { clockTime, countdown, dayUnlessToday, durationText } from '../text/format-time.ts';

interface TimelineProps {
  readonly steps: readonly StoryStep[];
  readonly nextAttemptMs: number | undefined;
  readonly clockOffsetMs: number;
}

export function Timeline({ steps, nextAttemptMs, clockOffsetMs }: TimelineProps) {
  const startMs = steps[0]?.atMs ?? 0;
  return (
    <ol class="timeline">
      {steps.map((step, index) => (
        <li key={`${index} ${step.atMs}`} class={step.tone}>
          <div class="step">
            <b>{step.title}</b>
            <Time ms={step.atMs}>
              {index === 0 ? timeOfDay(startMs) : `+${durationText(step.atMs - startMs)}`}
            </Time>
          </div>
          {step.details.map((detail) => (
            <p key={detail} class="dim">
              <Prose text={detail} />
            </p>
          ))}
        </li>
      ))}
      {nextAttemptMs !== undefined && <Next atMs={nextAttemptMs} clockOffsetMs={clockOffsetMs} />}
    </ol>
  );
}

const timeOfDay = (ms: number): string => `${dayUnlessToday(ms, Date.now())} ${clockTime(ms)}`.trim();

function Next({ atMs, clockOffsetMs }: { readonly atMs: number; readonly clockOffsetMs: number }) {
  const nowMs = useNow(clockOffsetMs);
  return (
    <li class="next">
      <div class="step">
        <b>next attempt</b>
        <Time ms={atMs}>{countdown(atMs, nowMs)}</Time>
      </div>
    </li>
  );
}
