/** A stage from its first deployment to its removal, with the real osls against a double of AWS. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stages } from '../template/package-stage.ts';
import { keyOf } from './aws/world.ts';
import { type Deployment, startDeployment } from './deployment.ts';

describe.each(stages)('the stage %s', (stage) => {
  const name = `tiktok-events-${stage}`;
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await startDeployment();
    deployment.write(stage);
  });
  afterAll(() => deployment.stop());

  const stack = () => deployment.aws.world.stacks.get(name);
  const updatesOf = (lambda: string) =>
    deployment.aws.world.things.get(keyOf('AWS::Lambda::Function', `${name}-${lambda}`))?.updates;
  const timestamps = async () =>
    [...(await deployment.run(`deploy list --stage ${stage}`)).matchAll(/Timestamp: (\d+)/g)].map(
      ([, at]) => at,
    );

  test(`deploys the stage ${stage} and calls only operations that AWS has`, async () => {
    expect(await deployment.run(`deploy --stage ${stage}`)).toContain(`Service deployed to stack ${name}`);
    expect(stack()).toMatchObject({ status: 'UPDATE_COMPLETE', isProtected: stage === 'prod' });
    expect(deployment.aws.unknown).toEqual([]);
  });

  test(`prints the outputs of the stage ${stage} with info`, async () => {
    const output = await deployment.run(`info --stage ${stage} --verbose`);
    expect(output).toContain('ApiUrl: https://');
    expect(output).toContain(`QueueUrl: https://sqs.eu-central-1.amazonaws.com/111122223333/${name}\n`);
  });

  test(`uploads nothing and updates no function when the stage ${stage} is deployed again without changes`, async () => {
    const { output, calls } = await deployment.callsOf(`deploy --stage ${stage}`);
    expect(output).toContain('No changes to deploy. Deployment skipped.');
    expect(calls.filter((call) => /PutObject|ChangeSet/.test(call))).toEqual([]);
    expect(updatesOf('meta')).toBe(0);
  });

  test(`deploys a change of the code of the stage ${stage} and rolls it back`, async () => {
    appendFileSync(join(deployment.project, 'functions/meta.ts'), '\nexport const marker = 1;\n');
    const { calls } = await deployment.callsOf(`deploy --stage ${stage}`);
    expect(calls).toContain('cloudformation ExecuteChangeSet');
    expect(updatesOf('meta')).toBe(1);
    const [first, second] = await timestamps();
    expect(Number(second)).toBeGreaterThan(Number(first));
    expect(await deployment.run(`rollback --stage ${stage} --timestamp ${first}`)).toContain(
      'Service rolled back',
    );
    expect(updatesOf('meta')).toBe(2);
    expect(stack()?.body).toContain(`${first}-`);
    // The newest upload has the bytes of the project, but it is not what runs.
    expect(await deployment.run(`deploy --stage ${stage}`)).toContain('Service deployed');
    expect(updatesOf('meta')).toBe(3);
  });

  test(`removes the stage ${stage}, once its stack is not protected`, async () => {
    if (stage === 'prod') {
      expect(await deployment.failing(`remove --stage ${stage}`)).toContain('deletion protection is enabled');
      expect(stack()).toBeDefined();
      deployment.write(stage, [['terminationProtection'], false]);
      await deployment.run(`deploy --stage ${stage}`);
    }
    expect(await deployment.run(`remove --stage ${stage}`)).toContain('has been successfully removed');
    expect(stack()).toBeUndefined();
    expect(deployment.aws.unknown).toEqual([]);
  });
});
