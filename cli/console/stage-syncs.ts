/** The scheduled syncs of a deployed stage, with the rights of the person who runs the command. */
import type { SyncActions } from '../../console/server/source.ts';
import { type SyncPlace, syncActions } from '../../console/server/sync-actions.ts';
import type { Syncs } from '../../lib/sync/settings.ts';
import type { Problems } from './problems.ts';

/** @param open runs at the first request, and again only after a failure */
export function stageSyncs(syncs: Syncs, open: () => Promise<SyncPlace>, { watch }: Problems): SyncActions {
  let opened: Promise<SyncPlace> | undefined;
  const place = (): Promise<SyncPlace> => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  const actions = syncActions(() => syncs, place);
  return {
    any: actions.any,
    list: () => watch('syncs', actions.list),
    show: (sync) => watch('syncs', () => actions.show(sync)),
    rejected: (sync, run) => watch('syncs', () => actions.rejected(sync, run)),
    run: (sync) => watch('sync-actions', () => actions.run(sync)),
    pause: (sync) => watch('sync-actions', () => actions.pause(sync)),
    resume: (sync) => watch('sync-actions', () => actions.resume(sync)),
  };
}
