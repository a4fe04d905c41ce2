/** Secrets and queues that outlived their stack: a deployment names them, and its commands adopt or delete them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keyOf, type World } from './aws/world.ts';
import { adoptingCommands, deletingCommands, runAwsCommand } from './aws-commands.ts';
import { type Deployment, startDeployment } from './deployment.ts';

const name = 'tiktok-events-dev';
let deployment: Deployment;
beforeEach(async () => {
  deployment = await startDeployment();
  deployment.write('dev');
});
afterEach(() => deployment.stop());

const stack = () => deployment.aws.world.stacks.get(name);

/** What a removed stack, or a destination that was taken out, leaves behind. */
function leave(world: World, type: string, thing: string, physicalId: string): void {
  world.things.set(keyOf(type, thing), {
    type,
    name: thing,
    physicalId,
    owner: undefined,
    updates: 0,
    modified: new Date(0),
  });
}
const leaveSecret = (secret: string) =>
  leave(
    deployment.aws.world,
    'AWS::SecretsManager::Secret',
    `tiktok-events/dev/${secret}`,
    `arn:aws:secretsmanager:eu-central-1:111122223333:secret:tiktok-events/dev/${secret}-Old123`,
  );
const leaveQueue = (queue: string) =>
  leave(
    deployment.aws.world,
    'AWS::SQS::Queue',
    queue,
    `https://sqs.eu-central-1.amazonaws.com/111122223333/${queue}`,
  );

const runAll = async (commands: readonly string[]) => {
  for (const command of commands) await runAwsCommand(command, deployment);
};

test('adopts the secrets and queues of a removed stage with the commands that it prints', async () => {
  leaveSecret('ingest');
  leaveSecret('destinations/default');
  leaveQueue(name);
  leaveQueue(`${name}-dlq`);
  deployment.aws.world.secretsBeingDeleted.add('tiktok-events/dev/ingest');

  const output = await deployment.failing('deploy --stage dev');
  expect(output).toContain('the secret tiktok-events/dev/destinations/default');
  expect(output).toContain(`the queue ${name}-dlq`);
  expect(output).toContain('npx osls deploy --stage dev');
  expect(stack()).toBeUndefined();

  await runAll(adoptingCommands(output));
  expect(stack()).toMatchObject({ status: 'IMPORT_COMPLETE' });
  expect(await deployment.run('deploy --stage dev')).toContain('Service deployed');
  expect(stack()).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(stack()?.resources.get('SecretIngest')).toContain('-Old123');
  expect(stack()?.resources.get('EventQueue')).toContain(name);
});

test('adopts the secret of a destination that comes back, or replaces it', async () => {
  await deployment.run('deploy --stage dev');
  const second = [['destinations', 'second'], { pixelCode: 'C9ABCDEFGHIJKLMNOPQ1' }] as const;
  const third = [['destinations', 'third'], { pixelCode: 'C9ABCDEFGHIJKLMNOPQ2' }] as const;
  leaveSecret('destinations/second');
  deployment.write('dev', second);
  const output = await deployment.failing('deploy --stage dev');
  const resources = stack()?.resources.size;
  await runAll(adoptingCommands(output));
  expect(stack()).toMatchObject({ status: 'IMPORT_COMPLETE' });
  expect(stack()?.resources.size).toBe(Number(resources) + 1);

  leaveSecret('destinations/third');
  deployment.write('dev', second, third);
  await runAll(deletingCommands(await deployment.failing('deploy --stage dev')));
  await deployment.run('deploy --stage dev');
  expect(stack()?.resources.get('SecretDestinationSecond')).toContain('-Old123');
  expect(stack()?.resources.get('SecretDestinationThird')).toContain('-AbCdEf');
});

test('goes on when Secrets Manager does not answer, and names the remedy when the deployment then fails', async () => {
  leaveSecret('ingest');
  const { aws } = deployment;
  aws.outages.set('secretsmanager', 'unknown');
  aws.outageEndsWith = 'cloudformation ValidateTemplate';
  const output = await deployment.failing('deploy --stage dev');
  expect(output).toContain('Secrets Manager does not say whether a secret of an earlier stack still exists');
  expect(output).toContain('already exists');
  expect(stack()).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });

  await runAll(adoptingCommands(output));
  await deployment.run('deploy --stage dev');
  expect(stack()?.resources.get('SecretIngest')).toContain('-Old123');
});
