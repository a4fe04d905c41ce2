/** The recipes are true: each body becomes the event that the guide shows, and what the guide calls not sent is not sent. */
import { describe, expect, test } from 'vitest';
import { decodeEvent } from '../../../lib/events/decode/decode-event.ts';
import {
  deliver,
  type Json,
  type JudgedWebhook,
  nowMs,
  reasonOf,
} from '../../support/webhooks/webhook-bodies.ts';
import { changed, readRecipe, recipeNames } from './guide.ts';

test('the recipes are Salla, Paddle, SHOPLINE, Lemon Squeezy, Polar and your own back end', () => {
  const recipes = ['lemon-squeezy', 'own-backend', 'paddle', 'polar', 'salla', 'shopline'];
  expect([...recipeNames].sort()).toEqual(recipes);
});

describe.each(recipeNames)('the recipe of %s', (name) => {
  const { settings, headers, examples, unsent } = readRecipe(name);
  const firstBody = JSON.parse(examples[0]?.body ?? '') as Json;

  /** The first body with a row's changes to its parts, or to the headers around it. */
  function changedDelivery(source: Json, changes: Json) {
    const isHeader = ([path]: readonly [string, unknown]) => path in headers;
    const own = Object.entries(changes).filter(isHeader);
    const parts = Object.entries(changes).filter((change) => !isHeader(change));
    const texts = Object.fromEntries(own.map(([path, value]) => [path, String(value)]));
    const body = changed(firstBody, Object.fromEntries(parts));
    return { settings: source, headers: { ...headers, ...texts }, body };
  }

  test.each(examples.map(({ body, event }) => [event.event_id, body, event] as const))(
    'gives the event %s that the guide shows',
    async (_id, body, event) => {
      const { outcomes } = await deliver({ settings, headers, body });
      expect(outcomes).toEqual([
        { kind: 'event', event: canonical(event), notAfterMs: expect.any(Number), omitted: [] },
      ]);
    },
  );

  test('says what is not sent', () => expect(unsent.length).toBeGreaterThan(2));

  test.each(unsent.map((row) => [row.what, row] as const))('does not send %s', async (_what, row) => {
    expect(await reasonOf(changedDelivery(settings, row.changes))).toBe(row.reason);
  });

  test.each(conditionsOf(settings))(
    'needs the condition %s to keep something out',
    async (_text, without) => {
      const mapping = { ...(settings.mapping as Json), 'source.when': without };
      const reasons = await Promise.all(
        unsent.map(async (row) => reasonOf(changedDelivery({ ...settings, mapping }, row.changes))),
      );
      expect(reasons).toContain('event');
    },
  );

  test.each([null, '', [], {}, [null], undefined])(
    'has no expression that fails when a part of the body is %j',
    async (value) => {
      const failed: string[] = [];
      for (const path of pathsOf(firstBody)) {
        const body = changed(firstBody, { [path]: value });
        if (failures(await deliver({ settings, headers, body })).length > 0) failed.push(path);
      }
      expect(failed).toEqual([]);
    },
  );
});

/** The event as it is queued, such as with its time in Unix seconds. */
function canonical(event: unknown) {
  const destinations = { default: { pixelCode: 'P', eventSource: 'web' } } as const;
  const decoded = decodeEvent(event, { receivedAtMs: nowMs, destinations });
  return decoded.ok ? decoded.event : decoded.errors;
}

/** Every path of a body, to parts and to values. */
function pathsOf(part: unknown, path: readonly string[] = []): string[] {
  const own = path.length === 0 ? [] : [path.join('.')];
  if (typeof part !== 'object' || part === null) return own;
  return [...own, ...Object.entries(part).flatMap(([key, value]) => pathsOf(value, [...path, key]))];
}

/** Each condition of `source.when`, with the expression without it. */
function conditionsOf(settings: Json): [condition: string, without: string][] {
  const when = String((settings.mapping as Json)['source.when']).trim();
  const [, names = '', rest = when] = when.match(/^(let .+? in )(.+)$/s) ?? [];
  const conditions = rest.split('&&').map((text) => text.trim());
  return conditions.map((condition, index) => {
    const others = conditions.filter((_, other) => other !== index).join(' && ');
    return [condition, others === '' ? '`true`' : names + others];
  });
}

/** Codes of expressions that failed, in events and in what was skipped. */
const failures = ({ outcomes }: JudgedWebhook): string[] =>
  outcomes
    .flatMap((outcome) =>
      outcome.kind === 'skipped' ? [outcome.reason] : outcome.omitted.map(({ code }) => code),
    )
    .filter((code) => code === 'mapping_failed' || code === 'unexpected_body');
