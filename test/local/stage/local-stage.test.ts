/** The values that a local run is made of: the changes between two of them, the example event, the settings of a file. */
import { describe, expect, test } from 'vitest';
import { readStage } from '../../../lib/config/read-stage.ts';
import { stageNames } from '../../../lib/config/stage-file.ts';
import { decodeEvent } from '../../../lib/events/decode/decode-event.ts';
import { eventSources } from '../../../lib/events/destination.ts';
import { functionEnvironment } from '../../../local/lambda/function-environment.ts';
import { type Functions, routesOf, unaffected } from '../../../local/lambda/load-functions.ts';
import { describeChanges } from '../../../local/stage/describe-changes.ts';
import { exampleEvent } from '../../../local/stage/example-event.ts';
import { type LocalStage, ownStage, stageFromFile } from '../../../local/stage/local-stage.ts';

const shop = { platform: 'shopify', contentId: 'sku', mapping: { value: 'a' } };
const stage: LocalStage = {
  name: 'dev',
  destinations: { default: { pixelCode: 'P1', eventSource: 'web' } },
  sources: { shop },
  consent: 'always',
};

test.each(stageNames())('reads the shipped stages/%s.yml', async (name) => {
  expect(await stageFromFile(name)).toMatchObject({ name, sources: {}, consent: 'always' });
});

const endpoints = {
  queueUrl: 'http://127.0.0.1:1/q',
  deadLetterQueueUrl: 'http://127.0.0.1:1/d',
  secretsManagerUrl: 'http://127.0.0.1:2',
  tiktokApiUrl: 'http://127.0.0.1:3',
  platformApiUrl: 'http://127.0.0.1:4',
  browserFolder: '/nowhere',
  sync: {},
};

test.each(stageNames())('delivers as stages/%s.yml says, and not as the stage local does', async (name) => {
  const { delivery } = readStage(name);
  const { windowSeconds, timeoutSeconds, maximumConcurrency } = delivery;
  const local = await stageFromFile(name);
  expect(local.delivery?.mapping).toEqual({
    batchSize: 50,
    windowMs: windowSeconds * 1000,
    maximumConcurrency,
    timeoutMs: timeoutSeconds * 1000,
    visibilityTimeoutSeconds: 6 * timeoutSeconds + windowSeconds,
  });
  const { retryStepsSeconds, holdStepsSeconds, maxReceiveCount } = delivery;
  expect(JSON.parse(functionEnvironment(local, endpoints).DELIVERY ?? '')).toEqual({
    retryStepsSeconds,
    holdStepsSeconds,
    maxReceiveCount,
  });
});

test('keeps the short steps of the stage local without a stage file', () => {
  const { DELIVERY = '' } = functionEnvironment(ownStage(), endpoints);
  expect(JSON.parse(DELIVERY).retryStepsSeconds).toEqual([1, 2, 4, 5]);
});

describe('describeChanges', () => {
  test('finds nothing between equal stages', () => {
    expect(describeChanges(stage, structuredClone(stage))).toEqual([]);
  });

  test('names what was added, what was removed and the settings that differ', () => {
    const after: LocalStage = {
      ...stage,
      destinations: {
        default: { pixelCode: 'P2', eventSource: 'web', country: 'DE' },
        eu: { pixelCode: 'P3', eventSource: 'web' },
      },
      sources: { outlet: shop, shop: { ...shop, mapping: { value: 'b' } } },
      consent: 'limit',
    };
    expect(describeChanges(stage, after)).toEqual([
      'destination default: pixelCode, country',
      'destination eu added',
      'source shop: mapping',
      'source outlet added',
      'api.consent',
    ]);
    expect(describeChanges(after, stage)).toContain('source outlet removed');
  });
});

describe('the example event', () => {
  const consents = ['always', 'limit', 'require'] as const;
  const cases = eventSources.flatMap((eventSource) =>
    consents.map((consent) => [eventSource, consent] as const),
  );
  test.each(cases)(
    'is accepted without a warning by a destination %s with consent %s',
    (eventSource, consent) => {
      for (const name of ['default', 'eu']) {
        const destinations = { [name]: { pixelCode: 'P', eventSource } };
        const event = exampleEvent({ ...stage, destinations, consent });
        const decoded = decodeEvent(event, { receivedAtMs: Date.now(), destinations, consent }, 'strict');
        expect(decoded).toMatchObject({ ok: true, warnings: [], omissions: [] });
      }
    },
  );
});

describe('the functions', () => {
  const functions = { ingest: 1, webhook: 2, oauth: 3, meta: 4, deliver: 5 } as unknown as Functions;
  const kept = (after: Partial<LocalStage>) =>
    Object.keys(unaffected(functions, stage, { ...stage, ...after }));

  test('stay as they are when a change does not reach them', () => {
    expect(kept({})).toEqual(Object.keys(functions));
    expect(kept({ sources: {} })).toEqual(['ingest', 'oauth', 'meta', 'deliver']);
    expect(kept({ consent: 'limit' })).toEqual(['meta']);
    expect(kept({ destinations: {} })).toEqual(['meta']);
  });

  test('get the settings of the stage under the names of the stage local', () => {
    const urls = {
      queueUrl: 'http://127.0.0.1:1/q',
      deadLetterQueueUrl: 'http://127.0.0.1:1/d',
      secretsManagerUrl: 'http://127.0.0.1:2',
      tiktokApiUrl: 'http://127.0.0.1:3',
      platformApiUrl: 'http://127.0.0.1:4',
      browserFolder: '/nowhere',
      sync: {},
    };
    expect(functionEnvironment({ ...stage, consent: 'limit' }, urls)).toMatchObject({
      STAGE: 'local',
      SECRETS_PREFIX: 'tiktok-events/local',
      SOURCES: JSON.stringify({ shop }),
      CONSENT: 'limit',
      TIKTOK_API_URL: 'http://127.0.0.1:3',
    });
  });

  test('have a route for each method of each source', () => {
    const keys = (sources: LocalStage['sources']) => [...routesOf(functions, sources).keys()];
    expect(keys({ shop })).toContain('POST /v1/webhooks/shop');
    expect(keys({}).filter((key) => key.includes('webhooks'))).toEqual([]);
    expect(keys(ownStage().sources)).toContain('POST /v1/webhooks/standard');
  });
});
