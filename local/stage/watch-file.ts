/** Notices that a file changed, whether it was written in place or replaced, without reading it at intervals. */
import { watch } from 'node:fs';

export interface WatchedFile {
  /** Folder of the file: a watch on the file itself would follow the old one when an editor replaces it. */
  readonly folder: URL | string;
  readonly file: string;
  /** Called at the start and after each series of changes, and never while an earlier call is in progress. */
  readonly onChange: () => Promise<void>;
  /** Called when changes are no longer noticed. */
  readonly onLost: () => void;
}

/** Editors write a file in several steps; this pause after the last one is long for a disk and short for a person. */
const quietMs = 100;

/** @returns a function that ends the watch */
export function watchFile({ folder, file, onChange, onLost }: WatchedFile): () => void {
  let timer: NodeJS.Timeout | undefined;
  let work = Promise.resolve();
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work.then(onChange);
    }, quietMs);
  };
  try {
    const watcher = watch(folder, (_, name) => {
      // Some systems do not say which file it was.
      if (name === null || name === file) schedule();
    });
    watcher.on('error', onLost);
    schedule();
    return () => {
      clearTimeout(timer);
      watcher.close();
    };
  } catch {
    // Linux limits the number of watches (fs.inotify.max_user_watches).
    onLost();
    return () => undefined;
  }
}
