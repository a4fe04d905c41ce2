/** `syncs pause` and `syncs resume`: a flag in the table, so a deployment does not wake a paused sync. */
import { setPaused } from '../../lib/sync/state/pause.ts';
import type { SharedOptions } from '../stage/stage-command.ts';
import { commandLine } from '../terminal/command-line.ts';
import { showResult } from '../terminal/output.ts';
import { openToChange } from './open-syncs.ts';

export async function pauseSync(sync: string, options: SharedOptions): Promise<void> {
  const open = await openToChange(sync, options, 'pause');
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
  const open = await openToChange(sync, options, 'resume');
  await setPaused(open.table(sync), undefined);
  showResult(
    options.json === true,
    { sync, paused_at: null },
    () => `Resumed ${sync}: it runs by its schedule again.`,
  );
}
