/** Everything of a stage that can carry tags carries its service and stage, so that you can attribute costs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packagedFolder, packageStage, stages } from './package-stage.ts';
import { ofType, properties } from './template.ts';

test.each(stages)('the stack of %s is tagged, and CloudFormation tags its resources', async (stage) => {
  const state = readFileSync(join(await packagedFolder(stage), 'serverless-state.json'), 'utf8');
  const { service } = JSON.parse(state) as { service: { provider: { stackTags: unknown } } };
  expect(service.provider.stackTags).toEqual({ service: 'tiktok-events', stage });
});

test.each(stages)('the functions and the API of %s carry the same tags themselves', async (stage) => {
  const template = await packageStage(stage);
  for (const [, lambda] of ofType(template, 'AWS::Lambda::Function')) {
    expect(lambda.Properties.Tags).toEqual([
      { Key: 'service', Value: 'tiktok-events' },
      { Key: 'stage', Value: stage },
    ]);
  }
  expect(properties(template, 'HttpApi').Tags).toEqual({ service: 'tiktok-events', stage });
});
