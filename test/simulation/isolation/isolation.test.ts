/** Promise 3 in numbers: what each kind of trouble costs the good events, and that docs/delivery.md says so. */
import { expect, test } from 'vitest';
import { withParts } from '../../../scripts/reference/pages.ts';
import { readPage } from '../../docs/pages.ts';
import { badEventFigures, fateOf, troubleFigures } from './figures.ts';
import { isolationTables } from './tables.ts';
import { badEvents, troubles } from './troubles.ts';

const timeoutMs = 120_000;

test('docs/delivery.md has the figures of isolation that the simulation gives', {
  timeout: timeoutMs,
}, async () => {
  const page = readPage('docs/delivery.md');
  expect(page, 'run npm run reference').toBe(withParts(page, await isolationTables()));
});

const kinds = badEvents.map((kind) => [kind.name, kind] as const);

test.each(kinds)(
  'promise 3: one bad event costs the others at most 20 extra calls an invocation, and parks none of them: %s',
  async (_, kind) => {
    for (const events of [2, 10, 50]) {
      const { extraCalls } = await badEventFigures(kind, { events, bad: 1 }, 10);
      expect(extraCalls.most).toBeLessThanOrEqual(20);
    }
  },
);

const hour = 3_600;

test.each(kinds.filter(([, kind]) => !kind.isNoEventBad && !kind.earlier))(
  'parks a bad event with its reason, after a day unless TikTok refuses its content: %s',
  async (name, kind) => {
    const fate = await fateOf(kind, 2);
    const isOwnFault = /refusal|40700|413/.test(name);
    expect(fate?.letter?.reason).toMatch(isOwnFault ? /^tiktok_40002|tiktok_40700|http_413$/ : /^\w+$/);
    expect((fate?.seconds ?? 0) > 24 * hour).toBe(!isOwnFault);
    expect((fate?.seconds ?? 0) < 47 * hour).toBe(true);
  },
);

test.each(troubles.map((trouble) => [trouble.name, trouble] as const))(
  'delivers every event of a trouble of any length below a day, and parks none: %s',
  async (_, trouble) => {
    for (const lastsSeconds of [1, 60, hour, 20 * hour])
      await troubleFigures(trouble, { lastsSeconds, events: 3 }, 3);
  },
);
