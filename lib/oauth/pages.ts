/** The last page of connecting: the new connection, or the reason why there is none. */
import { escapeHtml, htmlPage } from './html-page.ts';
import { type Refusal, refusals } from './refusal.ts';
import type { Advertiser } from './tiktok-oauth.ts';

export interface Connection {
  readonly stage: string;
  readonly destination: string;
  readonly advertisers: readonly Advertiser[];
}

/** Further accounts are counted, not named: an agency can have thousands. */
const maxNamed = 20;

/** Names and commands between backticks are set as code. */
const paragraph = (text: string): string =>
  `<p>${escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')}</p>`;

export function refusalPage(refusal: Refusal) {
  const { status, title, lines } = refusals[refusal];
  return htmlPage(status, title, lines.map(paragraph));
}

export function connectedPage({ stage, destination, advertisers }: Connection) {
  const place = `The destination \`${destination}\` of the stage \`${stage}\``;
  return htmlPage(200, 'TikTok is connected', [
    ...(advertisers.length > 0
      ? [paragraph(`${place} now reports conversions for:`), advertiserList(advertisers)]
      : [paragraph(`${place} is connected, but TikTok listed no ad account for it.`)]),
    paragraph('The pixel of this destination must belong to an ad account that you connected.'),
    paragraph('You can close this page. New events are sent at once, and waiting events within 15 minutes.'),
    paragraph(
      `The operator of the gateway checks it with \`npx --no tiktok-events doctor --stage ${stage}\`.`,
    ),
  ]);
}

function advertiserList(advertisers: readonly Advertiser[]): string {
  const named = advertisers.slice(0, maxNamed).map(({ id, name }) => (name ? `${name} (${id})` : id));
  const others = advertisers.length - named.length;
  const items = others > 0 ? [...named, `and ${others} more`] : named;
  return `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
}
