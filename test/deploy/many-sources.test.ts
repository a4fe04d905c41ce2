/** A stage with more sources than fit into Lambda's environment: they travel as a file in the zip of the function. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unzip } from '../runtime/unzip.ts';
import { keyOf } from './aws/world.ts';
import { startDeployment } from './deployment.ts';

const sources = (contentId: string) =>
  Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [`shop-${index}`, { platform: 'shopify', contentId }]),
  );

test('deploys a stage with more than 4 KB of sources, and deploys it again when one of them changes', async () => {
  // The zips differ from stage to stage, so each deployment builds its own.
  const deployment = await startDeployment({ isBuiltAlways: true });
  const { aws, project } = deployment;
  const webhook = () => aws.world.things.get(keyOf('AWS::Lambda::Function', 'tiktok-events-prod-webhook'));
  const settingsInZip = () => {
    const folder = mkdtempSync(join(tmpdir(), 'settings-'));
    unzip(join(project, '.serverless', 'webhook.zip'), folder);
    const { SOURCES } = JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'));
    return JSON.parse(SOURCES) as unknown;
  };
  try {
    deployment.write('prod', [['sources'], sources('sku')]);
    expect(await deployment.run('deploy --stage prod')).toContain('Service deployed');
    expect(settingsInZip()).toEqual(sources('sku'));
    expect(await deployment.run('deploy --stage prod')).toContain('Deployment skipped');
    expect(webhook()?.updates).toBe(0);

    deployment.write('prod', [['sources'], { ...sources('sku'), last: sources('product_id')['shop-0'] }]);
    expect(await deployment.run('deploy --stage prod')).toContain('Service deployed');
    expect(webhook()?.updates).toBe(1);
    expect(settingsInZip()).toMatchObject({ last: { contentId: 'product_id' } });
    expect(aws.unknown).toEqual([]);
  } finally {
    await deployment.stop();
  }
});
