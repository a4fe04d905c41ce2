/** The pages of connecting: no script, no external content, no caching, no referrer. */
import { createHash } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** The colors of the console, light and dark. */
const style = [
  ':root{color-scheme:light dark}*{box-sizing:border-box}',
  'body{margin:0;background:light-dark(#f6f6f4,#0f1012);color:light-dark(#17191e,#e9ebef);' +
    'font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-text-size-adjust:100%}',
  'main{max-width:38rem;margin:12vh auto 2rem;padding:1.75rem;background:light-dark(#fff,#17191c);' +
    'border:1px solid light-dark(#e5e5e0,#2b2e34);border-radius:.875rem;overflow-wrap:anywhere}',
  '.product{margin:0 0 1.25rem;color:light-dark(#585e6a,#a2a9b5);font-size:.875rem}',
  'h1{margin:0 0 .75rem;font-size:1.375rem;line-height:1.3;letter-spacing:-.01em;text-wrap:balance}',
  'p,ul{margin:.75rem 0 0}ul{padding-left:1.25rem}',
  'code{padding:.125rem .375rem;border-radius:.25rem;background:light-dark(#f3f3f0,#1e2125);' +
    'font:.875em ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}',
  '@media(max-width:42rem){main{margin:1rem;padding:1.25rem}}',
].join('');

/** Allows the one style of these pages by its digest, and nothing else. */
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every answer of the flow, redirects included: its addresses contain authorization codes. */
export const safeHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': contentSecurityPolicy,
  'x-frame-options': 'DENY',
} as const;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);

/** @param blocks HTML; the caller has escaped every text from outside */
export function htmlPage(
  statusCode: number,
  title: string,
  blocks: readonly string[],
): APIGatewayProxyStructuredResultV2 {
  const heading = escapeHtml(title);
  const body = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${heading}</title><style>${style}</style></head>
<body><main><p class="product">TikTok Events Gateway</p>
<h1>${heading}</h1>
${blocks.join('\n')}
</main></body></html>`;
  return { statusCode, headers: { ...safeHeaders, 'content-type': 'text/html; charset=utf-8' }, body };
}
