/** A stage file that uses every option there is, made from the one of prod. */
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';

const prod = (): string => readFileSync(new URL('../../stages/prod.yml', import.meta.url), 'utf8');

export const kmsKeyArn = 'arn:aws:kms:eu-central-1:111122223333:key/1111aaaa-22bb-33cc-44dd-5555eeee6666';
export const producerArn = 'arn:aws:iam::444455556666:role/crm-export';
export const topicArn = 'arn:aws:sns:eu-central-1:111122223333:orders';

const options: readonly (readonly [path: readonly string[], value: unknown])[] = [
  [['kmsKeyArn'], kmsKeyArn],
  [['api', 'corsOrigins'], ['https://shop.example.com']],
  [
    ['api', 'domain'],
    {
      name: 'events.example.com',
      certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/1111aaaa-22bb-33cc',
    },
  ],
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
export function stageFileWith(
  ...settings: readonly (readonly [path: readonly string[], value: unknown])[]
): string {
  const document = parseDocument(prod());
  for (const [path, value] of settings) document.setIn(path, value);
  return String(document);
}
