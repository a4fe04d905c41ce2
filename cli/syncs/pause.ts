/** `syncs pause` and `syncs resume`: a flag in the table, so a deployment does not wake a paused sync. */
import { setPaused } from '../../lib/sync/state/pause.ts';
import type { SharedOptions } from '../stage/stage-command.ts';
import { commandLine } from '../terminal/command-line.ts';
import { confirmChange } from '../terminal/confirm.ts';
import { showResult } from '../terminal/output.ts';
import { openSyncs, requireSync } from './open-syncs.ts';

export async function pauseSync(sync: string, options: SharedOptions): Promise<void> {
  const open = await openSyncs(options);
  requireSync(open, sync);
  await confirmChange({
    isLoopback: open.isLocal,
    yes: options.yes === true,
    action: `pause the sync ${sync} of stage ${open.stage}`,
  });
  const paused_at = new Date().toISOString();
  await setPaused(open.table(sync), paused_at);
  const resume = commandLine(`syncs resume ${sync} --stage ${open.stage}`);
  showResult(
    options.json === true,
    { sync, paused_at },
    () => `Paused ${sync}. A run in progress ends first. Resume it with ${resume}`,
  );
}

export async function resumeSync(sync: string, options: SharedOptions): Promise<void> {
  const open = await openSyncs(options);
  requireSync(open, sync);
  await confirmChange({
    isLoopback: open.isLocal,
    yes: options.yes === true,
    action: `resume the sync ${sync} of stage ${open.stage}`,
  });
  await setPaused(open.table(sync), undefined);
  showResult(
    options.json === true,
    { sync, paused_at: null },
    () => `Resumed ${sync}: it runs by its schedule again.`,
  );
}
