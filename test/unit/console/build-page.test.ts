import { expect, test } from 'vitest';
import { buildPage } from '../../../console/page/build.ts';

const { html, files } = await buildPage();
const textOf = (name: string) => files.get(name)?.body.toString('utf8') ?? '';

test('the page has no inline script or style, so that its policy can forbid both', () => {
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
});

test('the page loads the files that were built, and nothing else', () => {
  const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
  expect(loaded.sort()).toEqual(['/_console/assets/console.css', '/_console/assets/console.js', 'data:,']);
  expect([...files].map(([name, { type }]) => [name, type])).toEqual([
    ['console.js', 'text/javascript; charset=utf-8'],
    ['console.css', 'text/css; charset=utf-8'],
  ]);
  expect(textOf('console.css')).not.toMatch(/url\(|@import/);
});

test('the files take at most 132 kB of script and 24 kB of style', () => {
  expect(textOf('console.js').length).toBeLessThan(132_000);
  expect(textOf('console.css').length).toBeLessThan(24_000);
});
