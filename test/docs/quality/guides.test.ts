import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { guideFor, type SourceKind } from '../../../cli/quality/guides.ts';
import type { Topic } from '../../../lib/journal/gains.ts';
import { platforms } from '../../../lib/webhooks/platforms.ts';
import { anchorsOf, root } from '../pages.ts';

const kinds: readonly SourceKind[] = [
  { kind: 'api' },
  { kind: 'queue' },
  { kind: 'collect' },
  { kind: 'sync' },
  { kind: 'webhook', platform: undefined },
  ...platforms.map(({ name }): SourceKind => ({ kind: 'webhook', platform: name })),
];
const topics: readonly Topic[] = ['browser', 'person', 'order', 'id', 'time'];
const cases = kinds.flatMap((kind) => topics.map((topic) => ({ kind, topic, link: guideFor(kind, topic) })));

test.each(cases)('the guide of $topic for $kind exists: $link', ({ link }) => {
  const [page = '', anchor] = link.split('#');
  expect(existsSync(join(root, page))).toBe(true);
  if (anchor !== undefined) expect(anchorsOf(page)).toContain(anchor);
});

test.each(platforms.map(({ name }) => name))('a source of %s has a guide of its own', (platform) => {
  const guide = guideFor({ kind: 'webhook', platform }, 'browser');
  expect(guide).not.toBe(guideFor({ kind: 'webhook', platform: undefined }, 'browser'));
});
