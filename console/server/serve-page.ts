/** Serves the page and its files from memory: a path is a key of a map, so that none leads into the file system. */
import type { ServerResponse } from 'node:http';
import { ConsoleProblem, writeAnswer } from './write-answer.ts';

export interface PageFiles {
  readonly html: string;
  /** By name, below `/_console/assets/`. */
  readonly files: ReadonlyMap<string, { readonly type: string; readonly body: string | Uint8Array }>;
}

const assets = '/_console/assets/';

export const isAsset = (path: string): boolean => path.startsWith(assets);

/** @param build bundles the page. It runs at the first request, and again only after a failure */
export function createPageServer(build: () => Promise<PageFiles>) {
  let built: Promise<PageFiles> | undefined;
  const page = (): Promise<PageFiles> => {
    built ??= build().catch((error: unknown) => {
      built = undefined;
      throw error;
    });
    return built;
  };
  return {
    servePage: async (response: ServerResponse): Promise<void> =>
      writeAnswer(response, 200, 'text/html; charset=utf-8', (await page()).html),
    serveAsset: async (path: string, response: ServerResponse): Promise<void> => {
      const file = (await page()).files.get(path.slice(assets.length));
      if (file === undefined) throw new ConsoleProblem(404, 'The page has no file of this name.');
      writeAnswer(response, 200, file.type, file.body);
    },
  };
}
