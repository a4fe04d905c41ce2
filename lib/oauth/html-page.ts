/** The pages of connecting: no script, no external content, no caching, no referrer. */
import { createHash } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

const style =
  'body{font:16px/1.6 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem;color:#1a1a1a;' +
  'background:#fff}h1{font-size:1.5rem}code{background:#f2f2f2;padding:.1em .3em;border-radius:3px}';

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
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${heading}</title><style>${style}</style></head>
<body><main><h1>${heading}</h1>
${blocks.join('\n')}
</main></body></html>`;
  return { statusCode, headers: { ...safeHeaders, 'content-type': 'text/html; charset=utf-8' }, body };
}
