/** Each kind of call, in each order of the page's scripts and each manner of the pixel: caught once, with the pixel's id. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Manner, manners } from '../../../local/shop/pixel/manners.ts';
import { launch } from '../launch.ts';
import { baseCode, code, head, script } from './shop/pages.ts';
import { type Flow, type Shop, startShop } from './shop/shop.ts';
import { offline, ready, settled, visit } from './shop/visit.ts';

let browser: Browser;
let shop: Shop;
beforeAll(async () => {
  [browser, shop] = await Promise.all([launch(offline), startShop()]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

/** Kinds of calls; `NAME` becomes a name of its own for each. */
const kinds: Readonly<Record<string, string>> = {
  track: "ttq.track('NAME', { value: 1 })",
  trackWithId: "ttq.track('NAME', { value: 1 }, { event_id: 'own-NAME' })",
  trackWithNumber: "ttq.track('NAME', { value: 1 }, { event_id: 12345 })",
  trackAlone: "ttq.track('NAME')",
  emptyId: "ttq.track('NAME', {}, { event_id: '' })",
  instance: `ttq.instance('${code}').track('NAME', { value: 1 })`,
  pixelCode: `ttq.track('NAME', { value: 1 }, { pixel_code: '${code}' })`,
  pushed: "ttq.push(['track', 'NAME', { value: 1 }])",
  takenMethod: "{ const method = ttq.track; method.call(ttq, 'NAME', { value: 1 }) }",
  own: "tiktokEvents.track('NAME', { value: 1 })",
  ownWithId: "tiktokEvents.track('NAME', { value: 1 }, { event_id: 'own-NAME' })",
  builder: `window[TiktokAnalyticsObject].instance('${code}').track('NAME', { pixelMethod: 'standard' })`,
};
const calls = (phase: string, chosen = Object.keys(kinds)): string =>
  chosen.map((kind) => kinds[kind]?.replaceAll('NAME', `${phase}-${kind}`)).join(';\n');
/** `tiktokEvents` is not there above the tag. */
const kindsAboveTag = Object.keys(kinds).filter((kind) => !kind.startsWith('own'));

type Order = (tag: string, pixel: string, early: string) => string;
const orders: Readonly<Record<string, Order>> = {
  'tag, pixel, calls': (tag, pixel, early) => head(tag, script(pixel), script(early)),
  'pixel, tag, calls': (tag, pixel, early) => head(script(pixel), tag, script(early)),
  'pixel, calls, tag': (tag, pixel, early) => head(script(pixel), script(early), tag),
  'tag, pixel by a tag manager': (tag, pixel, early) =>
    head(tag, script(`addEventListener('load', () => setTimeout(() => { ${pixel}; ${early} }, 20))`)),
  'tag, pixel twice, calls': (tag, pixel, early) => head(tag, script(pixel), script(pixel), script(early)),
};

const cases = Object.keys(orders).flatMap((order) =>
  [...(Object.keys(manners) as Manner[]), 'blocked' as const].map((manner) => [order, manner] as const),
);

/** Without page views, which have no id: the field of TikTok's request is empty. */
const copiesOf = ({ copies }: Flow) => copies.filter(({ event }) => event !== 'Pageview');

const namesOf = (flow: Flow): string[] =>
  flow
    .events()
    .map(({ n }) => n)
    .sort();

test.concurrent.each(cases)(
  'catches each kind of call once, with the id of the pixel: %s, %s',
  async (order, manner) => {
    const early = order.endsWith('tag') ? kindsAboveTag : Object.keys(kinds);
    const late = Object.keys(kinds);
    const flow = await shop.flow({
      html: (tag, own) => orders[order]?.(tag, baseCode(own, manner), calls('early', early)) ?? '',
    });
    const names = [...early.map((kind) => `early-${kind}`), ...late.map((kind) => `late-${kind}`)].sort();
    const { page, errors, close } = await visit(browser, `${flow.url}/`);
    await ready(page);
    const isBlocked = manner === 'blocked';
    await settled(flow, early.length, isBlocked ? 0 : early.length + 1);
    await page.evaluate(calls('late'));
    await settled(flow, names.length, isBlocked ? 0 : names.length + 1);
    expect(namesOf(flow)).toEqual(names);
    const ids = Object.fromEntries(flow.events().map(({ n, i }) => [n, String(i)]));
    const copies = copiesOf(flow);
    expect(copies.map(({ event }) => event).sort()).toEqual(isBlocked ? [] : names);
    const pixelIds = Object.fromEntries(copies.map(({ event, event_id }) => [event, event_id]));
    expect(pixelIds).toEqual(isBlocked ? {} : ids);
    expect(ids['early-trackWithId']).toBe('own-early-trackWithId');
    expect(ids['late-trackWithNumber']).toBe('12345');
    const codes = flow.events().flatMap(({ n, x }) => (x === undefined ? [] : [`${n} ${x}`]));
    const withCode = ['builder', 'instance', 'pixelCode'];
    expect(codes.sort()).toEqual(
      ['early', 'late'].flatMap((phase) => withCode.map((kind) => `${phase}-${kind} ${code}`)),
    );
    expect(errors).toEqual([]);
    await close();
  },
);

/** Opens a page with the tag and the pixel, then `calls`, in a page of its own. */
async function run(calls: string, pixel: Manner | 'blocked' = 'methods', above = ''): Promise<Opened> {
  const flow = await shop.flow({
    html: (tag, own) => head(tag, script(above), script(baseCode(own, pixel)), script(calls)),
  });
  const opened = await visit(browser, `${flow.url}/`);
  await ready(opened.page);
  return { flow, ...opened };
}
type Opened = { readonly flow: Flow } & Awaited<ReturnType<typeof visit>>;

const pairs = (flow: Flow): string[] => {
  const ids = copiesOf(flow).map(({ event, event_id }) => `${event} ${event_id}`);
  const ours = flow.events().map(({ n, i }) => `${n} ${i}`);
  expect(ours.sort()).toEqual(ids.sort());
  return ours;
};

test.concurrent.each([
  ['keeps all arguments', '(...values) => inner(...values)'],
  ['drops the third argument', '(name, properties) => inner(name, properties)'],
  ['sets an id of its own', "(name, properties) => inner(name, properties, { event_id: 'patched' })"],
  ['calls later', '(...values) => setTimeout(() => inner(...values), 20)'],
])('catches a call once when another script has patched track and %s', async (_, patch) => {
  const patched = `{ const inner = ttq.track; ttq.track = ${patch}; }
    { const inner = ttq.track; ttq.track = (...values) => inner(...values); }`;
  const { flow, page, errors, close } = await run(`${patched} ttq.track('Early', {});`);
  await settled(flow, 1, 2);
  await page.evaluate(`${patched} ttq.track('Late', {});`);
  await settled(flow, 2, 3);
  expect(pairs(flow)).toHaveLength(2);
  expect(errors).toEqual([]);
  await close();
});

test.concurrent('gives two events of one name inside a patch and a call with another name an id each', async () => {
  const patch = `{ const inner = ttq.track; ttq.track = (name, ...rest) => { inner('Extra', {}); return inner(name, ...rest); }; }`;
  const { flow, close } = await run(`${patch} ttq.track('One', {}); ttq.track('Two', {});`);
  await settled(flow, 4, 5);
  expect(new Set(pairs(flow)).size).toBe(4);
  await close();
});

test.concurrent('catches the other methods where one of them cannot be redefined', async () => {
  const { flow, page, errors, close } = await run('', 'blocked');
  await page.evaluate(`{
    const methods = { track() {}, identify() {}, instance: () => methods, push() {} };
    Object.defineProperty(methods, 'identify', { configurable: false, writable: false });
    window.ttq = methods;
    ttq.identify({ external_id: '1' }); ttq.track('Track', {}); ttq.instance('X').track('Instance', {});
    ttq.push(['track', 'Pushed', {}]); }`);
  await settled(flow, 3);
  expect(namesOf(flow)).toEqual(['Instance', 'Pushed', 'Track']);
  expect(errors).toEqual([]);
  await close();
});

test.concurrent("calls the setter of another script's accessor on the pixel", async () => {
  const above = `window.seen = []; { let value;
    Object.defineProperty(window, 'ttq', { configurable: true, get: () => value, set(next) { seen.push(typeof next); value = next; } }); }`;
  const flow = await shop.flow({
    html: (tag, own) => head(script(above), tag, script(baseCode(own)), script("ttq.track('Early', {})")),
  });
  const { page, errors, close } = await visit(browser, `${flow.url}/`);
  await ready(page);
  await settled(flow, 1, 2);
  await page.evaluate("window.ttq = window.ttq; ttq.track('Late', {})");
  await settled(flow, 2, 3);
  expect(await page.evaluate('seen')).toEqual(['object', 'object']);
  expect(pairs(flow)).toHaveLength(2);
  expect(errors).toEqual([]);
  await close();
});

test.concurrent('passes names with a comma untouched, each by itself', async () => {
  const flow = await shop.flow({
    untouched: ['Deal, signed', 'A;B|C'],
    html: (tag, own) =>
      head(
        tag,
        script(baseCode(own)),
        script("ttq.track('Deal, signed', {}); ttq.track('A;B|C', {}); ttq.track('Deal', {})"),
      ),
  });
  const { close } = await visit(browser, `${flow.url}/`);
  await settled(flow, 1, 4);
  expect(namesOf(flow)).toEqual(['Deal']);
  const hasNoId = copiesOf(flow).map(({ event, event_id }) => [event, event_id === '']);
  expect(Object.fromEntries(hasNoId)).toEqual({ 'Deal, signed': true, 'A;B|C': true, Deal: false });
  await close();
});

test.concurrent('passes names of other sources untouched, without a copy', async () => {
  const calls = (phase: string) => `
    window.given = { event_id: undefined };
    ttq.track('Purchase', { order: '${phase}-1' });
    ttq.track('CompletePayment', { order: '${phase}-2' }, given);
    ttq.instance('${code}').track('PlaceAnOrder', { order: '${phase}-3' });
    ttq.track('Purchase', { order: '${phase}-4' }, { event_id: 'order-4' });
    tiktokEvents.track('Purchase', { order: '${phase}-5' });
    ttq.push(['track', 'Purchase', { order: '${phase}-6' }]);`;
  const { flow, page, close } = await run(calls('early'));
  await settled(flow, 0, 7);
  await page.evaluate(calls('late'));
  await settled(flow, 0, 13);
  const ids = copiesOf(flow).map(({ properties, event_id }) => [String(properties.order), event_id]);
  const expected = ['early', 'late'].flatMap((phase) =>
    [1, 2, 3, 4, 5, 6].map((order) => [`${phase}-${order}`, order === 4 ? 'order-4' : '']),
  );
  expect(ids.sort()).toEqual(expected);
  expect(flow.events()).toEqual([]);
  await close();
});

test.concurrent('does not change the object that the caller gave as third argument', async () => {
  const { flow, page, close } = await run(
    `window.given = Object.freeze({ extra: 1 }); ttq.track('ViewContent', {}, given);`,
  );
  await settled(flow, 1, 2);
  expect(await page.evaluate('given')).toEqual({ extra: 1 });
  await close();
});

test.concurrent('sends what identify gave with the events that follow, also by tiktokEvents', async () => {
  const { flow, close } = await run(`
    ttq.track('Before', {});
    ttq.identify({ email: 'ann@example.com', other: 1 });
    ttq.track('Between', {});
    tiktokEvents.identify({ phone_number: '+12025550123', external_id: '7' });
    ttq.track('After', {});`);
  await settled(flow, 3, 4);
  expect(flow.events().map(({ n, m }) => [n, m])).toEqual([
    ['Before', undefined],
    ['Between', { email: 'ann@example.com' }],
    ['After', { email: 'ann@example.com', phone_number: '+12025550123', external_id: '7' }],
  ]);
  await close();
});

test.concurrent('passes limited_data_use of the pixel on with its events', async () => {
  const flow = await shop.flow({
    html: (tag, own) =>
      head(
        tag,
        script(baseCode(own, 'object', '{ limited_data_use: true }')),
        script(`ttq.track('One', {}); ttq.track('Two', {}, { pixel_code: 'OTHER' });`),
      ),
  });
  const { close } = await visit(browser, `${flow.url}/`);
  await settled(flow, 2);
  expect(flow.events().map(({ n, l }) => [n, l])).toEqual([
    ['One', 1],
    ['Two', undefined],
  ]);
  await close();
});

test.concurrent('sends an event that was built in Events Manager with the id of the pixel', async () => {
  const { flow, page, close } = await run('', 'object');
  await settled(flow, 0, 1);
  await page.click('button');
  await settled(flow, 1, 2);
  expect(pairs(flow)).toHaveLength(1);
  await close();
});

test.concurrent('sends alone where there is no pixel', async () => {
  const flow = await shop.flow({
    html: (tag) => head(tag, script(`tiktokEvents.track('Search', { query: 'x' })`)),
  });
  const { page, errors, close } = await visit(browser, `${flow.url}/`);
  await ready(page);
  await page.evaluate("tiktokEvents.track('ViewContent', {}, { event_id: 'v1' })");
  await settled(flow, 2);
  expect(flow.events().map(({ n, d }) => [n, d])).toEqual([
    ['Search', { query: 'x' }],
    ['ViewContent', {}],
  ]);
  expect(flow.events()[1]?.i).toBe('v1');
  expect(errors).toEqual([]);
  await close();
});

test.concurrent('throws nothing into the page, whatever the page gives', async () => {
  const odd = `{    const circle = {}; circle.self = circle;
    const hostile = { get event_id() { throw new Error('hostile') } };
    ttq.track(); ttq.track(null, 1, 2); ttq.track(Symbol('x')); ttq.track({}, [], 'text');
    ttq.track('Hostile', {}, hostile); ttq.track('Circle', circle); ttq.track('Big', { n: 10n });
    ttq.identify(); ttq.identify(null); ttq.identify('x'); ttq.identify(circle);
    ttq.push(); ttq.push(null, 1, 'x', [], [1], [null, 2]);
    tiktokEvents.track(); tiktokEvents.identify(null); }`;
  const flow = await shop.flow({
    html: (tag) => head(tag, script(`window.ttq = []; ttq.track = ttq.identify = () => {}; ${odd}`)),
  });
  const { page, errors, close } = await visit(browser, `${flow.url}/`);
  await ready(page);
  await page.evaluate(odd);
  await page.evaluate(
    `window.ttq = Object.freeze({ track() {} }); tiktokEvents.track('Frozen', {}); ttq.track('Unseen');`,
  );
  await settled(flow, 5);
  expect([...new Set(flow.events().map(({ n }) => n))].sort()).toEqual(['Big', 'Circle', 'Frozen']);
  expect(errors).toEqual([]);
  await close();
});

test.concurrent('lets other scripts redefine the pixel and its methods', async () => {
  const { flow, page, errors, close } = await run('', 'property');
  await settled(flow, 0, 1);
  await page.evaluate(`
    Object.defineProperty(window, 'ttq', { value: Object.defineProperty({}, 'track', { value() {}, configurable: true }) });`);
  await page.evaluate("tiktokEvents.track('Redefined', {}); ttq.track('Again', {})");
  await settled(flow, 2);
  expect(namesOf(flow)).toEqual(['Again', 'Redefined']);
  expect(errors).toEqual([]);
  await close();
});

test.concurrent('sends the events after one whose id or pixel code JSON cannot show', async () => {
  const odd = `{ const circle = {}; circle.self = circle;
    for (const id of [10n, circle, { toJSON() { throw new Error('odd') } }]) {
      tiktokEvents.track('OddId', {}, { event_id: id });
      tiktokEvents.track('OddCode', {}, { pixel_code: id });
    } }`;
  const flow = await shop.flow({ html: (tag) => head(tag, script(odd)) });
  const { page, errors, close } = await visit(browser, `${flow.url}/`);
  await ready(page);
  await page.evaluate(`${odd} tiktokEvents.track('Fine', {});`);
  await settled(flow, 1);
  expect(namesOf(flow)).toEqual(['Fine']);
  expect(errors).toEqual([]);
  await close();
});
