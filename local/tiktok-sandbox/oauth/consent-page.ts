/** TikTok's consent page as the sandbox plays it: what an advertiser sees, approves in part, or denies. */
import { escapeHtml } from '../../../lib/oauth/html-page.ts';
import { htmlPage } from '../../html-page.ts';

/** Scope ids of the Marketing API; 7224195155857866754 is above 2^53, which is why they are text here. */
const scopes = [
  ['5', 'Measurement'],
  ['7224195155857866754', 'Report conversion events'],
  ['10', 'Ad account information'],
] as const;

export interface ConsentRequest {
  readonly app_id: string;
  readonly state: string;
  readonly redirect_uri: string;
}

export function consentPage(request: ConsentRequest): string {
  return htmlPage(
    'Connect your ad account',
    `<p>This is the sandbox's stand-in for TikTok's page. App <b>${escapeHtml(request.app_id)}</b> asks to:</p>
<form method="post" action="auth">
${Object.entries(request).map(hidden).join('\n')}
${scopes.map(checkbox).join('\n')}
<p><button name="decision" value="approve">Approve</button>
<button name="decision" value="deny" class="quiet">Deny</button></p>
</form>`,
  );
}

export function consentErrorPage(problem: string): string {
  return htmlPage('This link cannot be used', `<p>${escapeHtml(problem)}</p>`);
}

const hidden = ([name, value]: [string, string]) =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;

const checkbox = ([id, name]: readonly [string, string]) =>
  `<label><input type="checkbox" name="scope" value="${id}" checked> ${name} <small>${id}</small></label>`;
