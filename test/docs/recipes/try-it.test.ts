/** The command under "Try it" of a recipe works with the body of the guide, however old the guide is. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ownContent } from '../../../cli/trigger/content/make-content.ts';
import { parseSets } from '../../../cli/trigger/set/parse-sets.ts';
import { deliver, hoursAgo, nowMs, nowSeconds, reasonOf } from '../../support/webhooks/webhook-bodies.ts';
import { fencedBlocks, readPage } from '../pages.ts';
import { readRecipe, recipeNames } from './guide.ts';

const present = '$(date -u +%Y-%m-%dT%H:%M:%SZ)';

test.each(recipeNames)(
  'the command of docs/sources/%s.md sends its body with the time it gives',
  async (name) => {
    const { settings, headers, examples } = readRecipe(name);
    const command = commandIn(name);
    const delivered = (time: string) => {
      const sets = [...command.replaceAll(present, time).matchAll(/--set (\S+)/g)].map(([, set = '']) => set);
      const { body } = ownContent(Buffer.from(examples[0]?.body ?? ''), parseSets(sets, nowMs));
      return { settings, headers, body: Buffer.from(body).toString() };
    };
    expect(command).toContain(present);
    expect(await reasonOf(delivered(hoursAgo(96)))).toBe('stale');
    const { outcomes } = await deliver(delivered(hoursAgo(0)));
    expect(outcomes).toMatchObject([{ kind: 'event', event: { event_time: nowSeconds } }]);
  },
);

test.each(recipeNames)('the command of docs/sources/%s.md names the source of its settings', (name) => {
  const [yaml = ''] = fencedBlocks(readPage(`docs/sources/${name}.md`), 'yaml');
  const [source] = Object.keys((parse(yaml) as { sources: object }).sources);
  expect(commandIn(name)).toMatch(new RegExp(`trigger custom:${source} `));
});

const commandIn = (name: string): string =>
  fencedBlocks(readPage(`docs/sources/${name}.md`), 'sh').find((block) => block.includes(' trigger ')) ?? '';
