/** TikTok's consent page as the sandbox shows it: an advertiser approves all scopes, some of them, or none. */
import { escapeHtml } from '../../../lib/oauth/html-page.ts';
import { pixelManagement } from './grants.ts';

export interface ConsentRequest {
  readonly app_id: string;
  readonly state: string;
  readonly redirect_uri: string;
}

/** Scope ids of the Marketing API; they are text because 7224195155857866754 is above 2^53. */
const scopes = [
  ['5', 'Measurement'],
  ['7224195155857866754', 'Report conversion events'],
  ['10', 'Ad account information'],
  [pixelManagement, 'Pixel management'],
] as const;

const style = `:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}
label{display:block;margin:.4rem 0}small{opacity:.65}
button{font:inherit;padding:.5rem 1.2rem;border:1px solid;border-radius:6px;background:CanvasText;color:Canvas}
button.quiet{background:Canvas;color:CanvasText}`;

export function consentPage(request: ConsentRequest): string {
  return page(
    'Connect your ad account',
    `<p>This page replaces TikTok's on your machine. App <b>${escapeHtml(request.app_id)}</b> asks to:</p>
<form method="post" action="auth">
${Object.entries(request).map(hiddenInput).join('\n')}
${scopes.map(checkbox).join('\n')}
<p><button name="decision" value="approve">Approve</button>
<button name="decision" value="deny" class="quiet">Deny</button></p>
</form>`,
  );
}

export function consentErrorPage(problem: string): string {
  return page('This link cannot be used', `<p>${escapeHtml(problem)}</p>`);
}

/** @param body HTML whose foreign parts are escaped */
function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width"><style>${style}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
${body}
</main></body></html>`;
}

function hiddenInput([name, value]: [string, string]): string {
  return `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;
}

function checkbox([id, name]: readonly [string, string]): string {
  return `<label><input type="checkbox" name="scope" value="${id}" checked> ${name} <small>${id}</small></label>`;
}
