/** The files of the browser script that go beside the code of the function `collect`: compressed here, once, as small as it gets. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { BrowserSettings } from '../../lib/collect/wire.ts';
import { browserFileNames } from '../../lib/config/collect/browser-file-names.ts';
import { buildBrowser } from './browser-script.ts';

/** @returns the contents by the names of the files; the same settings give the same bytes */
export async function browserFiles(settings: BrowserSettings): Promise<Record<string, Uint8Array>> {
  const { script, hash } = await buildBrowser(settings);
  const bytes = Buffer.from(script);
  const { untouched } = settings;
  return {
    [browserFileNames.identity]: bytes,
    [browserFileNames.br]: brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
    [browserFileNames.gzip]: gzipSync(bytes, { level: 9 }),
    [browserFileNames.facts]: Buffer.from(JSON.stringify({ hash, untouched })),
  };
}

/** Writes the files into a folder that exists: BROWSER_FOLDER of a function that does not run from its zip. */
export async function writeBrowserFiles(folder: string, settings: BrowserSettings): Promise<void> {
  for (const [name, contents] of Object.entries(await browserFiles(settings)))
    await writeFile(join(folder, name), contents);
}
