/** The frame of the plain pages that the local platform serves. Nothing is loaded from elsewhere. */

import { escapeHtml } from '../lib/oauth/html-page.ts';

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color:#1a1a1a}
label{display:block;margin:.4rem 0}small{color:#777}
button{font:inherit;padding:.5rem 1.2rem;border:1px solid #111;border-radius:6px;background:#111;color:#fff}
button.quiet{background:#fff;color:#111}`;

/** `body` is HTML: whatever came from outside must have been escaped. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width"><style>${style}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
${body}
</main></body></html>`;
}
