/** `events tail`: a line for each event when something happens to it, until Ctrl-C. */

import type { EventRow } from '../../lib/journal/row.ts';
import { createRows } from '../../lib/journal/rows.ts';
import { spanText } from '../../lib/journal/steps/step.ts';
import { openJournal } from '../journal/open-journal.ts';
import { openStage } from '../stage/stage.ts';
import type { SharedOptions } from '../stage/stage-command.ts';
import { colors, terminal } from '../terminal/io.ts';
import { clockText } from '../terminal/local-time.ts';
import { note, printable } from '../terminal/output.ts';
import { untilInterrupted } from '../terminal/until-interrupted.ts';
import { isShown, outcomeText, type TailFilter } from './tail-filter.ts';

interface TailOptions extends SharedOptions, TailFilter {
  /** Milliseconds. */
  readonly since?: number | undefined;
}

export async function tail(options: TailOptions): Promise<void> {
  const stage = openStage(options);
  const journal = await openJournal(stage);
  const rows = createRows();
  const shown = createMemory();
  const fromMs = Date.now() - (options.since ?? 0);
  const write = options.json === true ? jsonLine : textLine;
  if (options.json !== true) note(`Following stage ${stage.name}. Ctrl-C ends it.`);
  await untilInterrupted('The tail ends.', async (signal) => {
    for await (const line of journal.follow(fromMs, signal)) {
      const changed = rows.add(line).flatMap((id) => rows.get(id) ?? []);
      for (const row of changed)
        if (isShown(row, options) && shown.isNews(row)) terminal().stdout.write(write(row, line.atMs));
    }
  });
}

/** A call and the wait after it are two lines of the journal about one thing. */
function createMemory() {
  const last = new Map<string, string>();
  return {
    isNews({ id, outcome, reason, receipts, nextAttemptMs }: EventRow): boolean {
      const state = [outcome, reason, receipts, nextAttemptMs].join(' ');
      const isNews = last.get(id) !== state;
      last.delete(id);
      last.set(id, state);
      const [oldest] = last.keys();
      if (last.size > 20_000 && oldest !== undefined) last.delete(oldest);
      return isNews;
    },
  };
}

function jsonLine({ atMs, deliveredAtMs: _, nextAttemptMs, ...row }: EventRow, lineMs: number): string {
  const nextAttempt = nextAttemptMs === undefined ? undefined : new Date(nextAttemptMs).toISOString();
  const times = { at: new Date(lineMs).toISOString(), received_at: new Date(atMs).toISOString() };
  return `${JSON.stringify({ ...times, ...row, outcome: outcomeText(row.outcome), next_attempt: nextAttempt })}\n`;
}

function textLine(row: EventRow, lineMs: number): string {
  const { green, yellow, red, dim } = colors();
  const text = outcomeText(row.outcome);
  const paint = { delivered: green, waiting: yellow, held: yellow, parked: red, rejected: red }[
    text as string
  ];
  const padded = text.padEnd(9);
  const parts = [
    (row.name ?? row.topic ?? 'no event').padEnd(16),
    row.source.padEnd(10),
    row.reason ?? '',
    row.outcome === 'delivered' && row.tookMs !== undefined ? `after ${spanText(row.tookMs)}` : '',
    row.warnings.length > 0 && row.outcome === 'accepted' ? row.warnings.join(' ') : '',
    row.event ?? '',
  ].filter(Boolean);
  return `${dim(clockText(lineMs))}  ${paint === undefined ? padded : paint(padded)} ${printable(parts.join('  '))}\n`;
}
