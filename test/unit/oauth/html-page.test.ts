import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { htmlPage } from '../../../lib/oauth/html-page.ts';
import { connectedPage } from '../../../lib/oauth/pages.ts';

test('allows exactly the style of an HTML page in its policy', () => {
  const { headers, body } = htmlPage(200, 'Title', []);
  const style = /<style>(.*)<\/style>/s.exec(body ?? '')?.[1] ?? '';
  const digest = createHash('sha256').update(style).digest('base64');
  expect(headers?.['content-security-policy']).toContain(`style-src 'sha256-${digest}'`);
});

test('lists 20 ad accounts on the connected page and counts the others', () => {
  const advertisers = Array.from({ length: 3000 }, (_, index) => ({ id: `id-${index}`, name: '' }));
  const { body = '' } = connectedPage({ stage: 'prod', destination: 'default', advertisers });
  expect(body.match(/<li>/g)).toHaveLength(21);
  expect(body).toContain('<li>and 2980 more</li>');
});

test('says on the connected page when TikTok lists no ad account', () => {
  const { body } = connectedPage({ stage: 'prod', destination: 'default', advertisers: [] });
  expect(body).toContain('TikTok listed no ad account');
});

test('sets commands as code, also when a name beside them has markup', () => {
  const { body } = connectedPage({ stage: '<b>', destination: 'default', advertisers: [] });
  expect(body).toContain('<code>npx --no tiktok-events doctor --stage &lt;b&gt;</code>');
});

test('follows the color scheme of the browser', () => {
  expect(htmlPage(200, 'Title', []).body).toContain('color-scheme:light dark');
});
