/** An update that makes the stage fail is rolled back by the stage's own alarms; a red alarm never stops the fix. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Deployment, startDeployment } from './deployment.ts';

const alarm = (name: string) => `tiktok-events-prod-${name}`;
const arn = (name: string) => `arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${alarm(name)}`;

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment();
  deployment.write('prod');
  await deployment.run('deploy --stage prod');
});
afterAll(() => deployment.stop());

const stack = () => deployment.aws.world.stacks.get('tiktok-events-prod');
const changeTheCode = () =>
  appendFileSync(join(deployment.project, 'functions/meta.ts'), '\nexport const marker = 1;\n');

test('gives the first deployment no alarm that could roll it back', () => {
  expect(stack()).toMatchObject({ status: 'UPDATE_COMPLETE', rollback: { triggers: [], minutes: 0 } });
});

test('rolls back an update after which the consumer crashes', async () => {
  changeTheCode();
  deployment.aws.world.turningRed.push(alarm('deliver-errors'));
  expect(await deployment.failing('deploy --stage prod')).toContain('went to ALARM');
  expect(stack()).toMatchObject({
    status: 'UPDATE_ROLLBACK_COMPLETE',
    rollback: { triggers: [arn('deliver-errors'), arn('server-errors')], minutes: 5 },
  });
});

test('deploys the fix while the alarm is still red, watched by the other alarm alone', async () => {
  const output = await deployment.run('deploy --stage prod');
  expect(output).toContain(`The alarm ${alarm('deliver-errors')} is red already`);
  expect(stack()).toMatchObject({
    status: 'UPDATE_COMPLETE',
    rollback: { triggers: [arn('server-errors')] },
  });
});

test('clears the alarms of the last update when the setting is absent', async () => {
  deployment.write('prod', [['rollbackOnAlarm'], undefined]);
  await deployment.run('deploy --stage prod --force');
  expect(stack()).toMatchObject({ status: 'UPDATE_COMPLETE', rollback: { triggers: [], minutes: 0 } });
});
