/** docs/cli.md: the policy for operators allows every call to AWS that the commands make, on one stage, and nothing more. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fencedBlocks, readPage, root } from '../../docs/pages.ts';
import { arn } from '../cloudformation-handlers.ts';
import { isAllowed } from './simulate-policy.ts';

const page = readPage('docs/cli.md');
const rights = page.slice(page.indexOf('\n## Rights\n'));
const policy: { Statement: { Action: string[] }[] } = JSON.parse(fencedBlocks(rights, 'json')[0] ?? '{}');
const granted = policy.Statement.flatMap(({ Action }) => Action);

const operatorLog = (stage: string) => arn('logs', `log-group:/tiktok-events/${stage}/operator:*`);
const functionLog = (stage: string) => arn('logs', `log-group:/aws/lambda/tiktok-events-${stage}-deliver:*`);
const queue = (stage: string) => arn('sqs', `tiktok-events-${stage}`);
const deadLetters = (stage: string) => arn('sqs', `tiktok-events-${stage}-dlq`);
const syncTable = (stage: string) => arn('dynamodb', `table/tiktok-events-${stage}-syncs`);
const secret = (stage: string) =>
  arn('secretsmanager', `secret:tiktok-events/${stage}/destinations/default-AbCdEf`);

/** What of a stage the commands ask each action about. */
const resourcesOf: Readonly<Record<string, readonly ((stage: string) => string)[]>> = {
  'cloudformation:DescribeStacks': [(stage) => arn('cloudformation', `stack/tiktok-events-${stage}/1b2c`)],
  'logs:StartQuery': [functionLog, operatorLog],
  'logs:FilterLogEvents': [functionLog, operatorLog],
  'logs:CreateLogStream': [operatorLog],
  'logs:PutLogEvents': [(stage) => arn('logs', `log-group:/tiktok-events/${stage}/operator:log-stream:1`)],
  'sqs:GetQueueAttributes': [queue, deadLetters],
  'sqs:ReceiveMessage': [deadLetters],
  'sqs:ChangeMessageVisibility': [deadLetters],
  'sqs:DeleteMessage': [deadLetters],
  'sqs:SendMessage': [queue],
  'sns:ListSubscriptionsByTopic': [(stage) => arn('sns', `tiktok-events-${stage}-AlarmTopic-1A2B`)],
  'dynamodb:GetItem': [syncTable],
  'dynamodb:Query': [syncTable],
  'dynamodb:UpdateItem': [syncTable],
  'lambda:InvokeFunction': [(stage) => arn('lambda', `function:tiktok-events-${stage}-sync`)],
  'secretsmanager:GetSecretValue': [secret],
  'secretsmanager:PutSecretValue': [secret],
};

/** Actions that AWS checks against no single resource, or that the commands ask without one. */
const withoutResource = [
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetMetricStatistics',
  'lambda:GetAccountSettings',
  'lambda:ListEventSourceMappings',
  'logs:DescribeLogGroups',
  'logs:GetQueryResults',
  'logs:StopQuery',
];

/**
 * The function `oauth` writes a token without the right to read it; the command line reads a secret before it writes. The
 * function `sync` queries, and writes what it remembers; the commands read that, and set a flag.
 */
const ofFunctions =
  /^(?:secretsmanager:DescribeSecret|athena:.*|s3:.*|sns:Publish|dynamodb:(?:Batch|Put|Delete).*)$/;

/** Commands of the SDK whose action has another name (https://docs.aws.amazon.com/service-authorization). */
const otherNames: Readonly<Record<string, string>> = { 'lambda:Invoke': 'lambda:InvokeFunction' };

const services: Readonly<Record<string, string>> = {
  'client-athena': 'athena',
  'client-cloudformation': 'cloudformation',
  'client-cloudwatch': 'cloudwatch',
  'client-cloudwatch-logs': 'logs',
  'client-dynamodb': 'dynamodb',
  'client-lambda': 'lambda',
  'client-s3': 's3',
  'client-secrets-manager': 'secretsmanager',
  'client-sns': 'sns',
  'client-sqs': 'sqs',
};

/** The actions behind the classes of the AWS SDK that the code of the commands constructs. */
function calledActions(): string[] {
  const files = ['cli', 'console', 'lib'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(root, folder, file), 'utf8')),
  );
  const actions = files.flatMap((text) => {
    const service = services[/'@aws-sdk\/([\w-]+)'/.exec(text)?.[1] ?? ''];
    return [...text.matchAll(/new ([A-Z]\w+?)(?:Batch)?Command\(/g)].map(([, name]) => `${service}:${name}`);
  });
  const named = actions.map((action) => otherNames[action] ?? action);
  return [...new Set(named)].filter((action) => !ofFunctions.test(action)).sort();
}

test('the policy has the actions that the commands call, and no other', () => {
  expect(granted.toSorted()).toEqual(calledActions());
});

test('the table of rights names each action of the policy', () => {
  const table = rights.slice(0, rights.indexOf('```json'));
  const named = [...table.matchAll(/`([a-z]+:[A-Z]\w+)`/g)].map(([, action]) => action);
  expect([...new Set(named)].sort()).toEqual(granted.toSorted());
});

test.each(granted)('the policy allows %s on its own stage only', async (action) => {
  const resources = resourcesOf[action];
  if (resources === undefined) {
    expect(withoutResource).toContain(action);
    expect(await isAllowed(policy, { action, resource: '*' })).toBe(true);
    return;
  }
  for (const resource of resources) {
    expect(await isAllowed(policy, { action, resource: resource('prod') }), resource('prod')).toBe(true);
    expect(await isAllowed(policy, { action, resource: resource('dev') }), resource('dev')).toBe(false);
  }
});
