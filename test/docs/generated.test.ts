/** The generated parts of the docs are what the code makes, and their examples do what they say. */
import { expect, test } from 'vitest';
import { decodeEvent } from '../../lib/events/decode/decode-event.ts';
import { fields } from '../../lib/events/fields/table.ts';
import { deadLetterReasons } from '../../lib/reasons/dead-letter-reasons.ts';
import type { IssueText } from '../../lib/reasons/issue-text.ts';
import { issueTexts } from '../../lib/reasons/issue-texts.ts';
import { problemTexts } from '../../lib/reasons/problem-texts.ts';
import { toTrackEvent } from '../../lib/tiktok/track-event.ts';
import { generatedParts, withParts } from '../../scripts/reference/pages.ts';
import { probe } from '../../scripts/reference/probe.ts';
import { repairs } from '../../scripts/reference/repairs.ts';
import { tagBlock } from '../../scripts/reference/tag-block.ts';
import { otherFiles, readPage } from './pages.ts';

test.each(Object.entries(generatedParts(fields)))('%s has the tables that the code makes', (path, parts) => {
  const page = readPage(path);
  expect(page, 'run npm run reference').toBe(withParts(page, parts));
});

test('docs/sources/browser.md has the tag that the code makes', async () => {
  const page = readPage('docs/sources/browser.md');
  expect(page, 'run npm run reference').toBe(withParts(page, { tag: await tagBlock() }));
});

const examples = Object.entries<IssueText>(issueTexts).flatMap(([code, { example, effects }]) =>
  typeof example === 'string' ? [] : [[code, example, effects] as const],
);

test.each(examples)('the example of the code %s in docs/errors.md leads to it', (code, example, effects) => {
  const found = probe(example).filter((finding) => finding.code === code);
  expect(found.length).toBeGreaterThan(0);
  for (const { effect } of found) expect(effects).toContain(effect);
});

test.each(repairs)('docs/events.md is right that the gateway repairs $what', ({ written, means }) => {
  const [one, other] = [written, means].map((given) => {
    const event = {
      event_name: 'Lead',
      event_id: 'a',
      event_time: 1_795_690_000,
      external_id: 'c',
      ...given,
    };
    const decoded = decodeEvent(event, {
      receivedAtMs: 1_795_692_000_000,
      destinations: { default: { pixelCode: 'P', eventSource: 'web' } },
    });
    if (!decoded.ok) return decoded.errors;
    expect([...decoded.omissions, ...decoded.warnings]).toEqual([]);
    const { event_id = '', event_time = 0 } = decoded.event;
    return toTrackEvent({ ...decoded.event, event_id, event_time }, 'web', undefined);
  });
  expect(one).toEqual(other);
});

const sources = otherFiles()
  .filter(
    (file) =>
      /^(lib|functions|cli|local)\/.*\.ts$/.test(file) &&
      !/\/(issue|problem)-codes\.ts$|^lib\/reasons\//.test(file),
  )
  .map(readPage)
  .join('\n');

test('docs/errors.md explains no code that the code does not have', () => {
  const codes = [...Object.keys(issueTexts), ...Object.keys(problemTexts)];
  expect(codes.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});

test('docs/errors.md explains every code that the source gives together with a message', () => {
  const given = [...sources.matchAll(/\b(?:code: |faulty\(number, )'([a-z_]+)'/g)].map(
    ([, code = '']) => code,
  );
  // `custom` is a code of zod.
  const known = new Set([...Object.keys(issueTexts), ...Object.keys(problemTexts), 'custom']);
  expect(given).toContain('event_too_large');
  expect(given.filter((code) => !known.has(code))).toEqual([]);
});

test('docs/errors.md explains every reason for which a message can wait or be parked', () => {
  const delivery = otherFiles()
    .filter((file) => /^lib\/(delivery|tiktok)\/.*\.ts$/.test(file))
    .map(readPage)
    .join('\n');
  const reasons = [...delivery.matchAll(/(?:reason: |missing: |park\()'(\w+)'/g)].map(
    ([, reason = '']) => reason,
  );
  expect(reasons).toContain('undecodable');
  const patterns = Object.keys(deadLetterReasons).map(
    (name) => new RegExp(`^${name.replace(/<\w+>/, String.raw`\d+`)}$`),
  );
  expect(reasons.filter((reason) => !patterns.some((pattern) => pattern.test(reason)))).toEqual([]);
});
