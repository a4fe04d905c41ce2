/** Deployments that fail, and services that do not answer: what is left can be deployed over, or says how. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Deployment, startDeployment } from './deployment.ts';

const name = `tiktok-events-${'s'.repeat(32)}`;
const longest = 's'.repeat(32);
let deployment: Deployment;
beforeEach(async () => {
  deployment = await startDeployment();
});
afterEach(() => deployment.stop());

const stack = (of = 'tiktok-events-dev') => deployment.aws.world.stacks.get(of);

test('a stack whose first creation failed is removed and deployed again, as the message says', async () => {
  deployment.write('dev');
  deployment.aws.world.fault = {
    logicalId: 'ServerlessDeploymentBucket',
    reason: 'The bucket is not available',
  };
  expect(await deployment.failing('deploy --stage dev')).toContain('The bucket is not available');
  const output = await deployment.failing('deploy --stage dev');
  expect(output).toContain('is in the state ROLLBACK_COMPLETE: its first deployment failed');
  expect(output).toContain('Run "npx osls remove --stage dev", then deploy again');
  await deployment.run('remove --stage dev');
  await deployment.run('deploy --stage dev');
  expect(stack()).toMatchObject({ status: 'UPDATE_COMPLETE' });
});

test('a first deployment that failed halfway is simply repeated', async () => {
  deployment.write('dev');
  deployment.aws.world.fault = { logicalId: 'HttpApi', reason: 'Too many APIs' };
  expect(await deployment.failing('deploy --stage dev')).toContain('Too many APIs');
  expect(stack()).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  await deployment.run('deploy --stage dev');
  expect(stack()).toMatchObject({ status: 'UPDATE_COMPLETE' });
});

test('services that do not answer a question only cost a warning; the longest stage name fits all of AWS', async () => {
  deployment.write('prod', [['terminationProtection'], false]);
  deployment.copyStage('prod', longest);
  const { outages, unknown } = deployment.aws;
  outages.set('secretsmanager', 'silent').set('sqs', 'broken').set('monitoring', 'unknown');
  const output = await deployment.run(`deploy --stage ${longest}`);
  expect(output).toMatch(/Warning: Secrets Manager does not say .* the deployment goes on/);
  expect(output).toMatch(/Warning: SQS does not say .* the deployment goes on/);
  expect(output).toMatch(/Warning: CloudWatch does not answer .* no alarm rolls this update back/);
  expect(stack(name)).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(unknown).toEqual([]);
});

test('a deployment that cannot learn which upload runs is skipped as osls alone would, with a warning', async () => {
  deployment.write('dev');
  await deployment.run('deploy --stage dev');
  deployment.aws.outages.set('cloudformation GetTemplate', 'unknown');
  const output = await deployment.run('deploy --stage dev');
  expect(output).toMatch(/Warning: CloudFormation does not say which upload runs .* add --force/);
  expect(output).toContain('No changes to deploy. Deployment skipped.');
});
