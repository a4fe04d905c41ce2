/** A stage with scheduled syncs, from its first deployment to its removal and back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { syncs } from '../template/full-stage.ts';
import { keyOf } from './aws/world.ts';
import { adoptingCommands, deletingCommands, runAwsCommand } from './aws-commands.ts';
import { type Deployment, startDeployment } from './deployment.ts';

let deployment: Deployment;
beforeAll(async () => {
  // The settings of the syncs are a part of the stack alone, but each deployment builds for itself.
  deployment = await startDeployment({ isBuiltAlways: true });
  deployment.write('dev', [['syncs'], syncs]);
});
afterAll(() => deployment.stop());

const thing = (type: string, name: string) => deployment.aws.world.things.get(keyOf(type, name));
const table = () => thing('AWS::DynamoDB::Table', 'tiktok-events-dev-syncs');
const schedule = (sync: string) => thing('AWS::Scheduler::Schedule', `tiktok-events-dev-${sync}`);
const deploy = () => deployment.run('deploy --stage dev');

test('deploys the function, the table and the schedules, and prints the name of the table', async () => {
  expect(await deploy()).toContain('Service deployed');
  expect(thing('AWS::Lambda::Function', 'tiktok-events-dev-sync')).toBeDefined();
  expect(table()).toBeDefined();
  expect([schedule('orders'), schedule('vip-members')]).not.toContain(undefined);
  expect(await deployment.run('info --stage dev --verbose')).toContain(
    'SyncTableName: tiktok-events-dev-syncs',
  );
  expect(deployment.aws.unknown).toEqual([]);
});

test('skips a deployment without changes', async () => {
  const { output, calls } = await deployment.callsOf('deploy --stage dev');
  expect(output).toContain('Deployment skipped');
  expect(calls.filter((call) => /PutObject|ChangeSet/.test(call))).toEqual([]);
});

test('takes away the schedule of a sync that left the stage file, and keeps the table', async () => {
  deployment.write('dev', [['syncs'], { orders: syncs.orders }]);
  await deploy();
  expect([schedule('orders') === undefined, schedule('vip-members')]).toEqual([false, undefined]);
  deployment.write('dev', [['syncs'], undefined]);
  await deploy();
  expect(thing('AWS::Lambda::Function', 'tiktok-events-dev-sync')).toBeUndefined();
  expect(schedule('orders')).toBeUndefined();
  expect(table()).toMatchObject({ owner: undefined });
});

test('adopts the table when the syncs come back, or deletes it, with the commands that it prints', async () => {
  deployment.write('dev', [['syncs'], syncs]);
  const output = await deployment.failing('deploy --stage dev');
  expect(output).toContain('the table tiktok-events-dev-syncs');
  for (const command of adoptingCommands(output)) await runAwsCommand(command, deployment);
  expect(await deploy()).toContain('Service deployed');
  expect(table()).toMatchObject({ owner: 'tiktok-events-dev' });

  deployment.write('dev', [['syncs'], undefined]);
  await deploy();
  deployment.write('dev', [['syncs'], syncs]);
  for (const command of deletingCommands(await deployment.failing('deploy --stage dev')))
    await runAwsCommand(command, deployment);
  expect(table()).toBeUndefined();
  await deploy();
  expect(table()).toMatchObject({ owner: 'tiktok-events-dev' });
  expect(deployment.aws.unknown).toEqual([]);
});
