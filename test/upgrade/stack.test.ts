/**
 * A stage that release 0.1 deployed is updated in place. `test/fixtures/upgrade/0.1/*.template.json` contains each resource
 * of its stacks, with the properties whose change means replacement; `shop.yml` is a stage file with every option.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { packageStage, stages } from '../template/package-stage.ts';
import { resolved, type Template } from '../template/template.ts';
import { replacingProperties } from './replacing-properties.ts';
import { updatedStageFile } from './updated-stage-file.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/upgrade/0.1/${name}`, import.meta.url), 'utf8');

type Reduced = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const oldStack = (stage: string): Reduced => JSON.parse(fixture(`${stage}.template.json`));

async function newStack(stage: string): Promise<Reduced> {
  const template = await packageStage(
    stage,
    stage === 'shop' ? updatedStageFile(fixture('shop.yml')).text : undefined,
  );
  return Object.fromEntries(
    Object.entries(template.Resources).map(([id, { Type, Properties }]) => [
      id,
      { Type, ...(resolved(Properties, template as Template) as object) },
    ]),
  );
}

/** What contains messages, values, log lines or deployments, or is an address that others have written down. */
const neverReplaced = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
];

/** What may leave a stack of 0.1, with the reason. Everything else must stay under its logical id. */
const mayGo: readonly (readonly [ids: RegExp, reason: string])[] = [
  [
    /^HttpApiRoute(Get|Head|Post)V1WebhooksSourceVar$/,
    'each source has a route of its own; CloudFormation makes the new routes before it deletes this one',
  ],
  [
    /^(WebhookLambdaPermissionHttpApi|HttpApiIntegrationWebhook)$/,
    'a stage without sources has no route that calls the function webhook',
  ],
];

/** Names that exist once in an account and region: a second resource cannot be made before the first is deleted. */
const uniqueNames = [
  'AlarmName',
  'DashboardName',
  'DomainName',
  'FunctionName',
  'LogGroupName',
  'Name',
  'QueueName',
] as const;

const isPermission = ({ Type }: Readonly<Record<string, unknown>>) => Type === 'AWS::Lambda::Permission';

const isReplaced = (
  old: Readonly<Record<string, unknown>>,
  today: Readonly<Record<string, unknown>>,
): boolean => {
  const properties = replacingProperties[String(old.Type)];
  if (properties === undefined) throw new Error(`replacing-properties.ts lacks ${old.Type}`);
  return (
    old.Type !== today.Type ||
    properties.some((name) => JSON.stringify(old[name]) !== JSON.stringify(today[name]))
  );
};

describe.each([...stages, 'shop'])('a stage %s of release 0.1', (stage) => {
  test('keeps every resource, except those that are known to go', async () => {
    const today = await newStack(stage);
    const gone = Object.keys(oldStack(stage)).filter((id) => today[id] === undefined);
    expect(gone.filter((id) => !mayGo.some(([ids]) => ids.test(id)))).toEqual([]);
  });

  test('has no resource replaced', async () => {
    const today = await newStack(stage);
    const replaced = Object.entries(oldStack(stage)).filter(([id, old]) => {
      const successor = today[id];
      return successor !== undefined && isReplaced(old, successor);
    });
    expect(replaced.map(([id]) => id)).toEqual([]);
  });

  test('keeps queues, secrets, log groups, the API and the bucket, whatever else may go', async () => {
    const today = await newStack(stage);
    const kept = Object.entries(oldStack(stage)).filter(([, { Type }]) =>
      neverReplaced.includes(String(Type)),
    );
    expect(kept.length).toBeGreaterThanOrEqual(15);
    for (const [id, old] of kept) expect([id, today[id]?.Type]).toEqual([id, old.Type]);
  });

  test(`gives no name of the stage ${stage} to another resource while the first still has it`, async () => {
    const owners = (resources: Reduced) =>
      Object.entries(resources)
        .filter(([, resource]) => !isPermission(resource))
        .flatMap(([id, resource]) =>
          uniqueNames.flatMap((property) =>
            typeof resource[property] === 'string'
              ? [[`${resource.Type} ${resource[property]}`, id] as const]
              : [],
          ),
        );
    const was = new Map(owners(oldStack(stage)));
    const moved = owners(await newStack(stage)).filter(([name, id]) => (was.get(name) ?? id) !== id);
    expect(moved).toEqual([]);
  });

  test('keeps messages and log lines no shorter than before', async () => {
    const today = await newStack(stage);
    for (const [id, old] of Object.entries(oldStack(stage))) {
      for (const retention of ['MessageRetentionPeriod', 'RetentionInDays']) {
        if (old[retention] === undefined) continue;
        expect([id, Number(today[id]?.[retention]) >= Number(old[retention])]).toEqual([id, true]);
      }
    }
  });
});

test('the comparison finds a queue of another name, and a resource that changes its type', () => {
  const queue = { Type: 'AWS::SQS::Queue', QueueName: 'tiktok-events-prod' };
  expect(isReplaced(queue, { ...queue, VisibilityTimeout: 30 })).toBe(false);
  expect(isReplaced(queue, { ...queue, QueueName: 'tiktok-events-prod-2' })).toBe(true);
  expect(isReplaced(queue, { ...queue, FifoQueue: true })).toBe(true);
  expect(isReplaced(queue, { Type: 'AWS::SNS::Topic', QueueName: 'tiktok-events-prod' })).toBe(true);
  expect(() => isReplaced({ Type: 'AWS::EC2::Instance' }, queue)).toThrow('lacks AWS::EC2::Instance');
});
