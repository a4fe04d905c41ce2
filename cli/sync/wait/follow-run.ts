/** `--wait`: after a run, waits for the delivery of its events, with a bar on a terminal. */
import { exitCodes } from '../../errors/exit-codes.ts';
import { explainError } from '../../errors/explain-error.ts';
import type { Stage } from '../../stage/stage.ts';
import { durationText } from '../../terminal/duration-text.ts';
import { note, warn } from '../../terminal/output.ts';
import { plural } from '../../terminal/plural.ts';
import { startProgress } from '../../terminal/progress.ts';
import { untilInterrupted } from '../../terminal/until-interrupted.ts';
import type { Followed } from './followed.ts';
import { type DeliveryEnd, deliveryEnd, waitForDelivery } from './wait-for-delivery.ts';

export interface RunToFollow {
  readonly followed: Followed;
  readonly startedAtMs: number;
  readonly waitMs: number;
}

/** The clock of this machine and that of AWS may differ by some seconds. */
const slackMs = 30_000;

export async function followRun(
  stage: Stage,
  { followed, startedAtMs, waitMs }: RunToFollow,
): Promise<DeliveryEnd> {
  const { events } = followed.counts();
  note(`Accepted. Waiting up to ${durationText(waitMs)} for the delivery of ${plural(events, 'event')} …`);
  const fromMs = stage.isLocal ? startedAtMs : startedAtMs - slackMs;
  const progress = startProgress({ unit: 'event', total: events });
  try {
    const { openJournal } = await import('../../journal/open-journal.ts');
    const journal = await openJournal(stage);
    return await untilInterrupted('Not waiting any longer.', (interrupted) => {
      const signal = AbortSignal.any([interrupted, AbortSignal.timeout(waitMs)]);
      return waitForDelivery(journal, { followed, fromMs, onProgress: progress.update, signal });
    });
  } catch (error) {
    // The summary of the sync must not be lost with it.
    const why = explainError(error);
    warn(
      `The events are accepted, but the journal of the stage cannot be read, so their delivery is unknown. ${why}`,
    );
    return deliveryEnd(followed);
  } finally {
    progress.stop();
  }
}

/** A parked event is a failure; one whose end is not known is not. */
export function deliveryExitCode({ parked, unknown, not_followed: others }: DeliveryEnd): number {
  if (parked > 0) return exitCodes.failed;
  return unknown + others > 0 ? exitCodes.unknown : exitCodes.ok;
}
