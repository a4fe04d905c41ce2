/** A stage file that uses every option there is, made from the one of prod. */
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { parseStage } from '../../lib/config/read-stage.ts';
import { compileStage } from '../../stack/compile.ts';

const prod = (): string => readFileSync(new URL('../../stages/prod.yml', import.meta.url), 'utf8');

export const kmsKeyArn = 'arn:aws:kms:eu-central-1:111122223333:key/1111aaaa-22bb-33cc-44dd-5555eeee6666';
export const previousKmsKeyArn =
  'arn:aws:kms:eu-central-1:111122223333:key/9999ffff-88ee-77dd-66cc-5555bbbb4444';
export const boundaryArn = 'arn:aws:iam::111122223333:policy/tiktok-events-boundary';
export const producerArn = 'arn:aws:iam::444455556666:role/crm-export';
export const topicArn = 'arn:aws:sns:eu-central-1:111122223333:orders';

/** Two syncs: one of the tables of Glue, one through a connector. */
export const syncs = {
  orders: {
    engine: 'athena',
    workgroup: 'marketing',
    database: 'shop',
    tables: ['orders', 'customers'],
    data: ['s3://example-warehouse/shop/orders', 's3://example-warehouse/shop/customers/'],
    results: 's3://example-warehouse/athena-results/',
    rejects: 's3://example-warehouse/rejects',
    query: 'select * from orders join customers using (customer_id)',
    cursor: 'updated_at',
    schedule: 'cron(0/15 * * * ? *)',
    scheduleTimezone: 'Europe/Berlin',
  },
  'vip-members': {
    engine: 'athena',
    catalog: 'warehouse',
    database: 'crm',
    query: 'select email from members',
    mode: 'add',
    audience: 'Vip',
    schedule: 'rate(1 day)',
  },
};

export const originSecretSha256 = ['ab'.repeat(32), 'cd'.repeat(32)];

export type Setting = readonly [path: readonly string[], value: unknown];

const options: readonly Setting[] = [
  [['kmsKeyArn'], kmsKeyArn],
  [['previousKmsKeyArns'], [previousKmsKeyArn]],
  [['permissionsBoundaryArn'], boundaryArn],
  [['api', 'corsOrigins'], ['https://shop.example.com']],
  [
    ['api', 'domain'],
    {
      name: 'events.example.com',
      certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/1111aaaa-22bb-33cc',
    },
  ],
  [['api', 'publicUrl'], 'https://events.example.com/gateway'],
  [['api', 'originSecretSha256'], originSecretSha256],
  [['reservedConcurrency'], { ingest: 50, webhook: 40, collect: 30 }],
  [['sources'], { shop: { platform: 'shopify', contentId: 'sku' } }],
  [['collect'], { origins: ['https://shop.example.com'], cookieDomain: 'example.com' }],
  [['syncs'], syncs],
  [['alarms', 'email'], 'oncall@example.com'],
  [['pipelines', 'producers'], [producerArn]],
  [['pipelines', 'snsTopics'], { orders: { topicArn, rawMessageDelivery: true } }],
  [['pipelines', 'eventBridgeRules'], { 'order-paid': { bus: 'default', pattern: { source: ['shop'] } } }],
  [['destinations', 'second-shop'], { pixelCode: 'SECOND', eventSource: 'web' }],
];

export function fullStageFile(): string {
  return stageFileWith(...options);
}

/** The stage file of prod with some settings set. */
export function stageFileWith(...settings: readonly Setting[]): string {
  const document = parseDocument(prod());
  for (const [path, value] of settings) document.setIn(path, value);
  return String(document);
}

/** What the fragments make of such a file, without osls: enough where only they are in question. */
export async function compiledWith(...settings: readonly Setting[]) {
  return compileStage(parseStage(stageFileWith(...settings), 'stages/example.yml'), 'example');
}
