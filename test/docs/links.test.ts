/** Every link leads to a file, and every anchor to a heading: in the pages, and in the code that refers to a page. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { allPages, anchorsOf, otherFiles, readPage, root, withoutCode } from './pages.ts';

/** @param link a path from the root, with or without an anchor */
function isBroken(link: string): boolean {
  const [path = '', anchor] = link.split('#');
  if (!existsSync(join(root, path))) return true;
  return anchor !== undefined && path.endsWith('.md') && !anchorsOf(path).includes(anchor);
}

test.each(allPages)('%s links only to files and headings that exist', (page) => {
  const links = [...withoutCode(readPage(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const local = links.filter((link) => !/^(https?:|mailto:)/.test(link));
  expect(
    local.filter((link) => isBroken(link.startsWith('#') ? page + link : join(dirname(page), link))),
  ).toEqual([]);
});

test.each(allPages)('%s shows only pictures that exist', (page) => {
  const pictures = [...withoutCode(readPage(page)).matchAll(/\b(?:src|srcset)="([^"]+)"/g)].map(
    ([, link = '']) => link,
  );
  expect(pictures.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
});

test('code, stage files and the workflow name only pages and headings that exist', () => {
  const reference = /(?<![\w/.])(?:docs\/[\w/-]+\.(?:md|yml)|CONTRIBUTING\.md)(?:#[a-z0-9-]+)?/g;
  const broken = otherFiles().flatMap((file) =>
    [...readPage(file).matchAll(reference)]
      .filter(([link]) => isBroken(link))
      .map(([link]) => `${file}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test('no page is missing from the index', () => {
  const index = readPage('docs/README.md') + readPage('docs/internals/decisions/README.md');
  const names = allPages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
  expect(names.filter((page) => !index.includes(`${page.split('/').at(-1)})`))).toEqual([]);
});
