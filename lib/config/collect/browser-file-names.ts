/** The files of the browser script beside the code of the function `collect`: the build writes them, the function reads them. */

export const browserFileNames = {
  identity: 'browser.js',
  br: 'browser.js.br',
  gzip: 'browser.js.gz',
  /** JSON: the hash of the script, and the names that it leaves untouched. */
  facts: 'browser.json',
} as const;
