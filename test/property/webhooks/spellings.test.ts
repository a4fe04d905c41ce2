/** The channel of an order and the page of its visit read the same in every spelling that platforms use. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageUrl } from '../../../lib/payload/page-url.ts';
import { skipChannel } from '../../../lib/webhooks/rules/channel.ts';
import { runs } from '../../support/runs.ts';

const laws = runs(300);
const name = fc.constantFrom('web', 'pos', 'admin', 'renewal', '234582441985', 'rest-api');
const reasonOf = (channel: string) => (channel === 'pos' ? 'pos_order' : undefined);
const inAnyCase = (text: string) =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) => [...text].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join(''));

test('judges a channel alike in any case of the order and of the setting', () => {
  fc.assert(
    fc.property(
      fc
        .tuple(name, name)
        .chain(([channel, allowed]) =>
          fc.tuple(fc.constant([channel, allowed] as const), inAnyCase(channel), inAnyCase(allowed)),
        ),
      ([[channel, allowed], spelled, set]) => {
        const rules = { setting: 'sources', reasonOf };
        const clean = skipChannel(channel, { ...rules, allowed: [allowed] });
        expect(skipChannel(spelled, { ...rules, allowed: [set] })?.reason).toBe(clean?.reason);
      },
    ),
    laws,
  );
});

test('reads a landing page with slashes too many at its start like the page with one', () => {
  const part = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 4 }),
      fc.stringMatching(/^[/\\]{1,4}$/),
      (parts, slashes) => {
        const path = parts.join('/');
        expect(pageUrl(slashes + path, 'shop.example')).toBe(pageUrl(`/${path}`, 'shop.example'));
      },
    ),
    laws,
  );
});
