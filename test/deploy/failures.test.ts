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

test('removes a stack whose first creation failed and deploys it again, as the message says', async () => {
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

test('deploys over a first deployment that failed halfway', async () => {
  deployment.write('dev');
  deployment.aws.world.fault = { logicalId: 'HttpApi', reason: 'Too many APIs' };
  expect(await deployment.failing('deploy --stage dev')).toContain('Too many APIs');
  expect(stack()).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  await deployment.run('deploy --stage dev');
  expect(stack()).toMatchObject({ status: 'UPDATE_COMPLETE' });
});

test('warns and goes on when services do not answer, with the longest stage name that AWS takes', async () => {
  deployment.write('prod', [['terminationProtection'], false]);
  deployment.copyStage('prod', longest);
  const { outages, unknown } = deployment.aws;
  outages.set('secretsmanager', 'silent').set('sqs', 'broken').set('monitoring', 'unknown');
  const output = await deployment.run(`deploy --stage ${longest}`);
  expect(output).toMatch(/Warning: Secrets Manager does not say .* the deployment continues/);
  expect(output).toMatch(/Warning: SQS does not say .* the deployment continues/);
  expect(output).toMatch(/Warning: CloudWatch does not answer .* no alarm rolls this update back/);
  expect(stack(name)).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(unknown).toEqual([]);
});

test('skips an unchanged deployment with a warning when it cannot learn which upload runs', async () => {
  deployment.write('dev');
  await deployment.run('deploy --stage dev');
  deployment.aws.outages.set('cloudformation GetTemplate', 'unknown');
  const output = await deployment.run('deploy --stage dev');
  expect(output).toMatch(/Warning: CloudFormation does not say which upload runs .* add --force/);
  expect(output).toContain('No changes to deploy. Deployment skipped.');
});
