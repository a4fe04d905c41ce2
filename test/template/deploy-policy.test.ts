/** The rights that docs/deploy.md gives to CI deploy the stack, and read neither secrets nor messages. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isAllowed } from './simulate-policy.ts';
import { accountId, region } from './template.ts';

const page = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
const block = [...page.matchAll(/```json\n([\s\S]*?)```/g)].find(([, text]) =>
  text?.includes('"OwnStack"'),
)?.[1];
const policy: unknown = JSON.parse(String(block).replaceAll('<account>', accountId));

const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${accountId}:${rest}`;
const secret = arn('secretsmanager', 'secret:tiktok-events/prod/ingest-AbCdEf');
const role = `arn:aws:iam::${accountId}:role/tiktok-events-prod-IngestRole-1A2B`;

test.each([
  ['cloudformation:CreateChangeSet', arn('cloudformation', 'stack/tiktok-events-prod/1')],
  ['lambda:CreateFunction', arn('lambda', 'function:tiktok-events-prod-ingest')],
  ['sqs:SetQueueAttributes', arn('sqs', 'tiktok-events-prod')],
  ['logs:PutRetentionPolicy', arn('logs', 'log-group:/aws/lambda/tiktok-events-prod-ingest')],
  ['cloudwatch:PutMetricAlarm', arn('cloudwatch', 'alarm:tiktok-events-prod-dead-letters')],
  ['cloudwatch:PutDashboard', `arn:aws:cloudwatch::${accountId}:dashboard/tiktok-events-prod`],
  ['s3:PutObject', 'arn:aws:s3:::tiktok-events-prod-serverlessdeploymentbucket-1a/serverless/x.zip'],
  ['secretsmanager:CreateSecret', secret],
  ['iam:PutRolePolicy', role],
  ['events:PutRule', arn('events', 'rule/shop-bus/tiktok-events-prod-EventRuleOrders-1A2B')],
  ['apigateway:POST', `arn:aws:apigateway:${region}::/domainnames`],
])('may %s', async (action, resource) => {
  expect(await isAllowed(policy, { action, resource })).toBe(true);
});

test.each([
  ['secretsmanager:GetSecretValue', secret],
  ['secretsmanager:PutSecretValue', secret],
  ['sqs:ReceiveMessage', arn('sqs', 'tiktok-events-prod')],
  ['sqs:PurgeQueue', arn('sqs', 'tiktok-events-prod-dlq')],
  ['iam:PutRolePolicy', `arn:aws:iam::${accountId}:role/admin`],
  ['lambda:UpdateFunctionCode', arn('lambda', 'function:payroll')],
  ['apigateway:DELETE', `arn:aws:apigateway:${region}::/restapis/a1b2c3`],
])('must not %s', async (action, resource) => {
  expect(await isAllowed(policy, { action, resource })).toBe(false);
});

test.each([
  ['lambda.amazonaws.com', true],
  ['ec2.amazonaws.com', false],
])('may pass its roles to %s: %j', async (service, expected) => {
  const context = { 'iam:PassedToService': service };
  expect(await isAllowed(policy, { action: 'iam:PassRole', resource: role, context })).toBe(expected);
});
