/** A deployment that would go wrong is refused before anything is uploaded, and names the setting and the remedy. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Deployment, startDeployment } from './deployment.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());

describe('the shipped stage file', () => {
  const open = ['destinations.default.pixelCode is a placeholder', 'alarms.notify is true, but nobody'];

  test('packages the shipped stage file with one warning for each problem', async () => {
    const output = await deployment.run('package --stage prod');
    const warnings = output.split('\n').filter((line) => line.includes('stages/prod.yml'));
    expect(warnings).toEqual(open.map((problem) => expect.stringContaining(problem)));
    expect(output).toContain('Service packaged');
  });

  test('deploys nothing of the shipped stage file and does not call AWS', async () => {
    const output = await deployment.failing('deploy --stage prod');
    for (const problem of open) expect(output).toContain(problem);
    // osls itself asks for the account at the start of each deployment.
    expect(deployment.aws.calls.filter((call) => call !== 'sts GetCallerIdentity')).toEqual([]);
  });
});

test('deploys nothing with credentials of another account than the stage file names', async () => {
  deployment.write('prod', [['accountId'], '999988887777']);
  const output = await deployment.failing('deploy --stage prod');
  expect(output).toContain(
    'is for the AWS account 999988887777, but your credentials belong to 111122223333',
  );
  expect(deployment.aws.calls.filter((call) => call !== 'sts GetCallerIdentity')).toEqual([]);
});

test.each([
  ['a region that AWS does not have', ['region'], 'eu-centrall-1', 'region: expected an AWS region'],
  [
    'no pixel code',
    ['destinations', 'default', 'pixelCode'],
    undefined,
    'destinations.default.pixelCode is missing',
  ],
] as const)('packages nothing of a stage file with %s', async (_, setting, value, sentence) => {
  deployment.write('staging', [setting, value]);
  expect(await deployment.failing('package --stage staging')).toContain(sentence);
});

test('refuses a stage name of 33 characters and names the limit', async () => {
  const stage = 's'.repeat(33);
  deployment.copyStage('dev', stage);
  expect(await deployment.failing(`package --stage ${stage}`)).toContain('33 characters: 32 is the limit');
});

test('refuses to deploy a single function beside its stack', async () => {
  expect(await deployment.failing('deploy function --stage dev -f meta')).toContain('npx osls deploy');
  expect(deployment.aws.calls).not.toContain('lambda UpdateFunctionCode');
});
