/**
 * Builds the browser script and the tag of a stage. The same settings give the same bytes, so the hash of the script can
 * be its address and its integrity.
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BrowserSettings } from '../../lib/collect/wire.ts';

export interface BuiltBrowser {
  /** `GET /v1/browser.js`: plain JavaScript in ASCII. */
  readonly script: string;
  /** First 16 hex digits of the script's SHA-256, for `GET /v1/browser/<hash>.js`. */
  readonly hash: string;
  /** Value of the attribute `integrity`, for a tag that names the address with the hash. */
  readonly integrity: string;
  /**
   * The HTML for the page's head, above TikTok's base code: the inline part, and the element that loads the script.
   * @param url of the script, such as `https://events.shop.example/v1/browser.js`
   * @param nonce of the page's Content-Security-Policy
   */
  readonly snippet: (url: string, nonce?: string) => string;
  /** The same by the base URL of the stage; a path of the shop's own host, such as `/tt`, will do. */
  readonly tag: (baseUrl: string, nonce?: string) => string;
}

/** @returns script and tag of a stage; takes about 20 ms */
export async function buildBrowser(settings: BrowserSettings): Promise<BuiltBrowser> {
  const [script, inline] = await Promise.all([bundle('main.ts', settings), bundle('snippet.ts', settings)]);
  const snippet = (url: string, nonce?: string): string => {
    const attribute = nonce === undefined ? '' : ` nonce="${escapeAttribute(nonce)}"`;
    const src = escapeAttribute(url);
    return (
      `<script${attribute}>${inline}</script>\n` +
      `<script${attribute} async crossorigin="anonymous" src="${src}"></script>`
    );
  };
  return {
    script,
    hash: createHash('sha256').update(script).digest('hex').slice(0, 16),
    integrity: `sha384-${createHash('sha384').update(script).digest('base64')}`,
    snippet,
    tag: (baseUrl, nonce) => snippet(`${baseUrl.replace(/\/+$/, '')}/v1/browser.js`, nonce),
  };
}

async function bundle(entry: string, settings: BrowserSettings): Promise<string> {
  const separator = separatorOf(settings.untouched);
  const result = await build({
    absWorkingDir: fileURLToPath(new URL('../../lib/collect/browser/', import.meta.url)),
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    // The syntax of Chrome 66, Safari 13 and Firefox 63. Their names would make esbuild refuse Safari's destructuring.
    target: 'es2019',
    // The project's own would add "use strict": 13 bytes in each page.
    tsconfigRaw: '{}',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'silent',
    define: {
      // Two bytes shorter.
      window: 'self',
      page: 'self',
      'settings.consent': JSON.stringify(settings.consent),
      'settings.pageViews': JSON.stringify(settings.pageViews),
      'settings.untouched': JSON.stringify(settings.untouched.join(separator)),
      'settings.separator': JSON.stringify(separator),
    },
  });
  // esbuild escapes `</script` itself; `<!--` would change how HTML reads what follows.
  const text = (result.outputFiles[0]?.text ?? '').trim().replaceAll('<!--', '\\x3C!--');
  // Nothing that fails at the start reaches the page.
  return `try{${text.replace(/;$/, '')}}catch{}`;
}

/** A stage can name its events as it likes. */
const separatorOf = (names: readonly string[]): string =>
  [...',;|~\n'].find((each) => !names.some((name) => name.includes(each))) ?? '\0';

const escapeAttribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
