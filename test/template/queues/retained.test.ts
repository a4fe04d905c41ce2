/** Nothing that holds a value or an event is destroyed by a deployment, a rollback or the removal of a stack. */
import { describe, expect, test } from 'vitest';
import { compiledWith } from '../full-stage.ts';
import { packageStage, stages } from '../package-stage.ts';
import type { Resource, Template } from '../template.ts';

const kept = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };

type Resources = Template['Resources'];

const ofType = (resources: Resources, type: string): [string, Resource][] =>
  Object.entries(resources).filter(([, resource]) => resource.Type === type);

/** What CloudFormation does with each resource of a type; undefined: it deletes it. */
const policies = (resources: Resources, type: string) =>
  Object.fromEntries(
    ofType(resources, type).map(([id, { DeletionPolicy, UpdateReplacePolicy }]) => [
      id,
      { DeletionPolicy, UpdateReplacePolicy },
    ]),
  );

describe.each(stages)('in stage %s', (stage) => {
  test('every secret outlives its destination, its template and its stack', async () => {
    expect(policies((await packageStage(stage)).Resources, 'AWS::SecretsManager::Secret')).toEqual({
      SecretConnect: kept,
      SecretDestinationDefault: kept,
      SecretIngest: kept,
      SecretOauthApp: kept,
    });
  });
});

test('every secret is kept for three destinations whose names differ in - and _ only', async () => {
  const destination = { pixelCode: 'CODE', eventSource: 'web' };
  const { resources } = await compiledWith([
    ['destinations'],
    { default: destination, 'shop-eu': destination, shop_eu: destination },
  ]);
  expect(policies(resources.Resources, 'AWS::SecretsManager::Secret')).toEqual({
    SecretConnect: kept,
    SecretDestinationDefault: kept,
    SecretDestinationShopDasheu: kept,
    SecretDestinationShopUnderscoreeu: kept,
    SecretIngest: kept,
    SecretOauthApp: kept,
  });
});

test('the queues of prod outlive their stack, and a failed first deployment leaves none behind', async () => {
  expect(policies((await packageStage('prod')).Resources, 'AWS::SQS::Queue')).toEqual({
    EventQueue: kept,
    DeadLetterQueue: kept,
  });
});

test.each(['dev', 'staging'])('the queues of %s go with their stack', async (stage) => {
  const deleted = { DeletionPolicy: undefined, UpdateReplacePolicy: undefined };
  expect(policies((await packageStage(stage)).Resources, 'AWS::SQS::Queue')).toEqual({
    EventQueue: deleted,
    DeadLetterQueue: deleted,
  });
});
