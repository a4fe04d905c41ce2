/** A stage that requires consent: the script asks before it posts, so its events count as agreed; any other event must say so. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ownStage } from '../../../local/stage/local-stage.ts';
import { collect } from '../../../local/stage.ts';
import { eventually } from '../../support/eventually.ts';
import { type CollectStage, postOf, startCollectStage } from './collect-stage.ts';

let stage: CollectStage;
beforeAll(async () => {
  const settings = { ...collect, consent: 'require' as const };
  const browser = { consent: settings.consent, pageViews: false, untouched: ['Purchase'] };
  stage = await startCollectStage({ stage: { ...ownStage(), collector: { settings, browser } } });
});
afterAll(() => stage.stop());
beforeEach(() => stage.forget());

const ttp = '01ABCDEFGHJKMNPQRSTVWXYZ01_.tt.1';
const lineOf = async (body: object) => {
  const { cookies } = await stage.post(body);
  return { line: stage.collected()[0], cookies };
};

test('accepts an event of the script, delivers it and sets its cookies', async () => {
  const { line, cookies } = await lineOf(postOf({ i: 'agreed' }, { p: ttp }));
  expect(line).toMatchObject({ accepted: 1, rejected: 0 });
  expect(cookies).toHaveLength(1);
  const [event] = await eventually(
    () => stage.delivered(),
    ({ length }) => length === 1,
  );
  expect(event).toMatchObject({ event: 'ViewContent', event_id: 'agreed' });
});

test('takes a property with the name consent for one of the page, not for the choice of the visitor', async () => {
  const { line } = await lineOf(postOf({ d: { consent: 'denied' }, m: { consent: 'denied' } }));
  expect(line).toMatchObject({ accepted: 1 });
});

const event = { event_name: 'Search', event_id: 'own', ttp };
test.each([
  ['in a list of events', { events: [event] }],
  ['alone', event],
  ['in a plain list', [event]],
])('skips an event of the API form %s that says nothing of consent, and sets no cookie', async (_, body) => {
  const { line, cookies } = await lineOf(body);
  expect(line).toMatchObject({ accepted: 0, rejected: 1, reason: 'no_consent' });
  expect(cookies).toEqual([]);
  expect(await stage.delivered()).toEqual([]);
});

test('accepts an event of the API form whose visitor agreed, and skips one whose visitor refused', async () => {
  const { line } = await lineOf({
    events: [
      { ...event, consent: 'granted' },
      { ...event, consent: 'denied' },
    ],
  });
  expect(line).toMatchObject({ accepted: 1, rejected: 1, errors: ':no_consent@1' });
});

test('limits an event of the script when the browser sends Sec-GPC: 1, which is no refusal', async () => {
  await stage.post(postOf({ i: 'gpc' }), { 'sec-gpc': '1' });
  await stage.post(postOf({ i: 'off' }), { 'sec-gpc': '0' });
  const events = await eventually(
    () => stage.delivered(),
    ({ length }) => length === 2,
  );
  const limits = Object.fromEntries(
    events.map(({ event_id, limited_data_use }) => [event_id, limited_data_use]),
  );
  expect(limits).toEqual({ gpc: true, off: undefined });
});
