/** What one machine has packaged, another deploys as it is: the way of the workflow in .github/. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyOf } from './aws/world.ts';
import { startDeployment } from './deployment.ts';

test('deploys a package that another machine made without a build', async () => {
  // Here the build itself counts: other deployments take the zips that an earlier one has built of the same sources.
  const builder = await startDeployment({ isBuiltAlways: true });
  const deployer = await startDeployment();
  try {
    builder.write('prod');
    await builder.run('package --stage prod');
    deployer.write('prod');
    cpSync(join(builder.project, '.serverless'), join(deployer.project, '.serverless'), { recursive: true });
    // Whatever builds on the second machine fails.
    rmSync(join(deployer.project, 'functions'), { recursive: true });
    expect(await deployer.run('deploy --stage prod --package .serverless')).toContain('Service deployed');
    expect(deployer.aws.world.things.has(keyOf('AWS::Lambda::Function', 'tiktok-events-prod-deliver'))).toBe(
      true,
    );
    expect(deployer.aws.unknown).toEqual([]);
  } finally {
    await builder.stop();
    await deployer.stop();
  }
});
