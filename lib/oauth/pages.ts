/** What the browser shows at the end: the connection that was made, or why none was. */
import { escapeHtml, htmlPage } from './html-page.ts';
import { type Refusal, refusalPages } from './refusal.ts';
import type { Advertiser } from './tiktok-oauth.ts';

export interface Connection {
  readonly stage: string;
  readonly destination: string;
  readonly advertisers: readonly Advertiser[];
}

/** More than these are counted, not named: an agency may have thousands. */
const maxNamed = 20;

const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;

export function refusalPage(refusal: Refusal) {
  const { status, title, lines } = refusalPages[refusal];
  return htmlPage(status, title, lines.map(paragraph));
}

export function connectedPage({ stage, destination, advertisers }: Connection) {
  const place = `The destination "${destination}" of the stage "${stage}"`;
  return htmlPage(200, 'TikTok is connected', [
    ...(advertisers.length > 0
      ? [paragraph(`${place} now reports conversions for:`), advertiserList(advertisers)]
      : [paragraph(`${place} is connected, but TikTok named no ad account with it.`)]),
    paragraph('The pixel of this destination must belong to one of these ad accounts.'),
    paragraph(
      'You can close this page. Waiting events go out by themselves within 15 minutes, new ones at once.',
    ),
    paragraph(`To check: npx --no tiktok-events doctor --stage ${stage}`),
  ]);
}

function advertiserList(advertisers: readonly Advertiser[]): string {
  const named = advertisers.slice(0, maxNamed).map(({ id, name }) => (name ? `${name} (${id})` : id));
  const others = advertisers.length - named.length;
  const items = others > 0 ? [...named, `and ${others} more`] : named;
  return `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
}
