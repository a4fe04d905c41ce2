/** The stage `local`: its own settings, and the names and limits that every local run has. */

import { type CollectSettings, collectSchema } from '../lib/collect/settings.ts';
import { secretsPrefix as secretsPrefixOf } from '../lib/config/names.ts';
import type { Destinations } from '../lib/events/destination.ts';
import { type Syncs, syncsSchema } from '../lib/sync/settings.ts';
import { platforms } from '../lib/webhooks/platforms.ts';

export const stageName = 'local';
export const region = 'us-east-1';
/** The account in the URLs and ARNs of the local queues. */
export const accountId = '000000000000';
/** PORT, SQS_PORT and LOCAL_API_KEY change these. */
export const defaultPort = 3000;
export const defaultSqsPort = 9324;
export const defaultApiKey = 'local-api-key';
/** The local services accept any credentials; the AWS SDK needs some. */
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
export const secretsPrefix = secretsPrefixOf(stageName);
export const pixelCode = 'LOCALPIXEL';
export const accessToken = 'local-access-token';

export const oauthApp = { app_id: '7000000000000000000', secret: 'local-app-secret' };
export const advertisers = [{ advertiser_id: '7000000000000000001', advertiser_name: 'Local shop' }];

export const destinations: Destinations = {
  default: { pixelCode, eventSource: 'web', currency: 'USD', country: 'US' },
};

/** The pages of this machine. Without a cookie domain: a host such as localhost has none. */
export const collect: CollectSettings = {
  ...collectSchema().parse({ origins: ['https://shop.example'] }),
  origins: ['http://127.0.0.1:*', 'http://localhost:*'],
};

/** The steps are short, so that you can watch a recovery. The last step repeats. */
export const delivery = { retryStepsSeconds: [1, 2, 4, 5], holdStepsSeconds: [5], maxReceiveCount: 113 };

/** Settings of the event source mapping. Window and timeout end before the messages become visible again. */
export const mapping = {
  batchSize: 50,
  windowMs: 1000,
  maximumConcurrency: 5,
  timeoutMs: 25_000,
  visibilityTimeoutSeconds: 30,
};

/** A source for each platform that has one here, under the platform's name. */
export const sources = Object.fromEntries(
  platforms.flatMap(({ name, local }) =>
    local === undefined ? [] : [[name, { platform: name, ...local.settings }] as const],
  ),
);

/** A sync to be tried, over a table in `local/tables`. Its times are recent at each run; its cursor stays. */
export const syncs = (): Syncs =>
  syncsSchema().parse({
    orders: {
      engine: 'athena',
      database: 'shop',
      tables: ['orders'],
      query: `select order_number, email, phone, currency, total as value, product as content_id, quantity,
  date_add('minute', -minutes_ago, current_timestamp) as event_time
from orders`,
      mapping: {
        event_name: "'Purchase'",
        event_id: "join('-', ['order', text(order_number)])",
        order_id: 'text(order_number)',
      },
      cursor: 'order_number',
      schedule: 'rate(1 hour)',
    },
  });

/** The token of a source whose orders come from the platform's API; no real API takes it. */
export const localApiToken = (source: string): string => `local-${source}-api-token`;
