/**
 * Bundles the console's page: one HTML document without inline script or style, one script and one style sheet. The page
 * loads nothing from another host.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface BuiltPage {
  readonly html: string;
  /** Files under `/_console/assets/<name>`, by name. */
  readonly files: ReadonlyMap<string, { readonly type: string; readonly body: Buffer }>;
}

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>TikTok Events Gateway</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_console/assets/console.css">
<script type="module" src="/_console/assets/console.js"></script>
</head>
<body>
<noscript>The console needs JavaScript.</noscript>
<div id="app"></div>
</body>
</html>
`;

/** @returns the page and its files; takes about 0.2 s */
export async function buildPage(): Promise<BuiltPage> {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
    entryPoints: { 'console.js': 'main.tsx', 'console.css': 'styles/console.css' },
    outdir: 'assets',
    entryNames: '[name]',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    // The first versions with light-dark() and popovers.
    target: ['chrome123', 'firefox125', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
  });
  return { html, files: new Map(outputFiles.map(nameFile)) };
}

function nameFile({ path, contents }: { readonly path: string; readonly contents: Uint8Array }) {
  const extension = path.split('.').pop() ?? '';
  return [`console.${extension}`, { type: types[extension] ?? '', body: Buffer.from(contents) }] as const;
}
