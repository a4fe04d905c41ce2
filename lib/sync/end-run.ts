/** Ends a run: numbers into the history, one notice when the state of the sync changed, and the lock given back. */
import { errorName } from '../privacy/error-name.ts';
import type { Invocation } from './context.ts';
import type { RunFault } from './engine/fault.ts';
import { healthAfter, noticeOf } from './report/notice.ts';
import { writeRun } from './state/history.ts';

/** @param fault undefined when the run read its query to the end */
export async function endRun(invocation: Invocation, fault: RunFault | undefined): Promise<void> {
  const { sync, settings, context, table, lock, record, run } = invocation;
  const { clock, clients } = context;
  const nowMs = clock.now();
  run.status = fault === undefined ? 'succeeded' : 'failed';
  run.ended_at = new Date(nowMs).toISOString();
  run.duration_ms = nowMs - Date.parse(run.started_at);
  if (fault !== undefined) run.error = { code: fault.code, message: fault.message };
  await writeRun(table, run, nowMs);
  if (fault === undefined) record.empty_runs = run.rows === 0 ? record.empty_runs + 1 : 0;
  const health = healthAfter(run, record, record.empty_runs, settings);
  const isChanged = health !== record.health;
  const level = fault === undefined ? 'info' : 'error';
  clients.telemetry[level]('sync ended', {
    source: sync,
    trace: run.id,
    status: run.status,
    count: run.rows,
    accepted: run.sent,
    rejected: run.rejected,
    duration_ms: run.duration_ms,
    error: fault?.code,
    aws_error: fault?.cause === undefined ? undefined : errorName(fault.cause),
    outcome: health,
  });
  if (isChanged) await notify(invocation, health);
  record.health = health;
  record.last_run = run;
  record.stalled = 0;
  delete record.run;
  delete record.query;
  await lock.release(record);
}

async function notify(invocation: Invocation, health: Parameters<typeof noticeOf>[3]): Promise<void> {
  const { sync, context, record, run } = invocation;
  const { noticeTopicArn, stage } = context.settings;
  if (noticeTopicArn === undefined) return;
  const { subject, text } = noticeOf(stage, sync, run, health, record.empty_runs);
  try {
    await context.clients.publisher.publish(noticeTopicArn, subject, text);
  } catch (error) {
    // The run is not worth less without its notice; the log says what is missing.
    context.clients.telemetry.error('notice not sent', {
      source: sync,
      trace: run.id,
      error: errorName(error),
    });
  }
}
