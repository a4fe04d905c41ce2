/** CI can deploy the whole stack with the policies of `stack/ci/`, and can make neither itself nor its roles mightier. */
import { describe, expect, test } from 'vitest';
import {
  arn,
  bucketArn,
  functionArn,
  handlers,
  queueArn,
  requestsOf,
  roleArn,
  secretArn,
  syncFunctionArn,
  tableArn,
  throughCloudFormation,
  topicArn,
} from '../cloudformation-handlers.ts';
import { boundaryArn, fullStageFile, kmsKeyArn } from '../full-stage.ts';
import { packageStage, stages } from '../package-stage.ts';
import { accountId, region } from '../template.ts';
import { allowedOf, ciPolicy, type Request, refusedOf } from './simulate-policy.ts';

const limits = ciPolicy('deploy-limits');
const withoutSyncs = [ciPolicy('deploy-policy'), limits];
const policies = [...withoutSyncs, ciPolicy('deploy-syncs')];
const administrator = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

/** Permissions of the handlers for what no resource of the stack has: CI does not get them. */
const unneeded: readonly (readonly [reason: string, actions: RegExp])[] = [
  ['no function in a VPC or with a file system', /^(ec2|elasticfilesystem):/],
  ['no signed code and no layer', /^lambda:.*(CodeSigningConfig|LayerVersion)$/],
  [
    'no key for environments: the key is used through Secrets Manager only',
    /^kms:CreateGrant secretsmanager/,
  ],
  [
    'no replica, import, insights, stream or policy of a table',
    /^(kinesis:|dynamodb:.*(Replica|Import|UpdateContributor|ableKinesis))/,
  ],
  ['no policy of a table', /^dynamodb:(Put|Delete)ResourcePolicy$/],
  ['no log of an import', /^logs:(CreateLogStream|PutLogEvents)$/],
  ['no role of AWS for replicas, and no alias of a key', /^(iam:CreateServiceLinkedRole|kms:ListAliases)$/],
  [
    'no managed policy, and no way out of the boundary',
    /^iam:(AttachRolePolicy|DetachRolePolicy|DeleteRole.*Boundary)$/,
  ],
  ['no generated secret and no replica', /^secretsmanager:(GetRandomPassword|.*Region.*)$/],
  ['no data protection', /DataProtectionPolicy$/],
  ['no key or delivery stream of a log group', /^(firehose:|logs:(Disa|A)ssociateKmsKey)/],
  ['no table in the bucket', /^s3tables:/],
];
/** With the service that uses the key, since some may and others may not. */
const told = ({ action, context = {} }: Request) =>
  action === 'kms:CreateGrant' ? `${action} ${String(context['kms:ViaService'])}` : action;
const isUnneeded = (request: Request) => unneeded.some(([, actions]) => actions.test(told(request)));
/** Reading is harmless, and `Get*` is shorter: the policy has a length. */
const isReading = ({ action }: Request) => /^(lambda|sns|logs):Get|^dynamodb:Describe/.test(action);

describe('what CloudFormation does for CI', () => {
  test.each([...stages, 'full'])('every type in the stage %s has its row in the table', async (stage) => {
    const { Resources } = await packageStage(stage, stage === 'full' ? fullStageFile() : undefined);
    const types = Object.values(Resources).map(({ Type }) => Type);
    expect([...new Set(types)].filter((type) => !(type in handlers))).toEqual([]);
  });

  const rows = Object.entries(handlers).flatMap(([type, row]) =>
    Object.keys(row).map((handler) => [handler, type] as const),
  );
  test.each(rows)('CI may %s %s', async (handler, type) => {
    const needed = requestsOf(type, handler).filter((request) => !isUnneeded(request));
    expect(await refusedOf(policies, needed)).toEqual([]);
  });

  test('CI may not do what no resource of the stack needs', async () => {
    const all = rows.flatMap(([handler, type]) => requestsOf(type, handler));
    // The simulator knows real actions only; this one is a name of S3's own log.
    const known = all.filter(({ action }) => action !== 's3:REST.PUT.OBJECT');
    expect(
      await allowedOf(
        policies,
        known.filter(isUnneeded).filter((one) => !isReading(one)),
      ),
    ).toEqual([]);
    for (const [, actions] of unneeded) expect(all.some((one) => actions.test(told(one)))).toBe(true);
  });

  test('CI without the policy for syncs makes no table, no schedule and no function that starts itself', async () => {
    const types = ['AWS::DynamoDB::Table', 'AWS::Scheduler::Schedule', 'AWS::Lambda::EventInvokeConfig'];
    const made = types.flatMap((type) => requestsOf(type, 'create'));
    const own = made.filter(({ action }) =>
      /^(dynamodb|scheduler):Create(Table|Schedule)$|Config$/.test(action),
    );
    expect(own).toHaveLength(3);
    expect(await allowedOf(withoutSyncs, own)).toEqual([]);
  });

  test('the first own host name of an account may make the role of API Gateway, and no other role of AWS', async () => {
    const request = (service: string) => ({
      action: 'iam:CreateServiceLinkedRole',
      resource: `arn:aws:iam::${accountId}:role/aws-service-role/${service}/AWSServiceRoleForIt`,
      context: { 'iam:AWSServiceName': service },
    });
    const requests = ['ops.apigateway.amazonaws.com', 'ecs.amazonaws.com'].map(request);
    expect(await allowedOf(policies, requests)).toEqual([
      `iam:CreateServiceLinkedRole ${requests[0]?.resource}`,
    ]);
  });
});

const stack = arn('cloudformation', 'stack/tiktok-events-prod/1a2b');

test('CI may make the calls that the deployment tool and the command line make themselves', async () => {
  const direct: readonly (readonly [actions: string, resource: string])[] = [
    [
      'cloudformation:DescribeStacks CreateChangeSet DescribeChangeSet ExecuteChangeSet DeleteChangeSet',
      stack,
    ],
    ['cloudformation:DescribeStackEvents DescribeStackResources ListStackResources GetTemplate', stack],
    ['cloudformation:UpdateTerminationProtection', stack],
    ['cloudformation:ValidateTemplate', '*'],
    ['s3:ListBucket ListBucketVersions', bucketArn],
    ['s3:PutObject GetObject DeleteObject', `${bucketArn}/serverless/tiktok-events/prod/1/ingest.zip`],
    ['lambda:GetFunction ListVersionsByFunction', functionArn],
    ['lambda:GetAccountSettings ListEventSourceMappings', '*'],
    ['cloudwatch:DescribeAlarms GetMetricData GetMetricStatistics', '*'],
    ['sqs:GetQueueUrl GetQueueAttributes', queueArn],
    ['sns:ListSubscriptionsByTopic', topicArn],
    ['secretsmanager:ListSecrets', '*'],
    ['secretsmanager:DescribeSecret', secretArn],
  ];
  const requests = direct.flatMap(([actions, resource]) => {
    const [service = '', names = ''] = actions.split(':');
    return names.split(' ').map((name) => ({ action: `${service}:${name}`, resource }));
  });
  expect(await refusedOf(policies, requests)).toEqual([]);
});

const admin = `arn:aws:iam::${accountId}:role/admin`;
const deployer = `arn:aws:iam::${accountId}:role/deploy-tiktok-events-prod`;
const withBoundary = (boundary?: string) => {
  const { 'iam:PermissionsBoundary': _own, ...rest } = throughCloudFormation;
  return boundary === undefined ? rest : { ...rest, 'iam:PermissionsBoundary': boundary };
};

type Attempt = Request & { readonly title: string };
const attempt = (
  title: string,
  action: string,
  resource: string,
  context: Request['context'] = {},
): Attempt => ({
  title,
  action,
  resource,
  context,
});

/** These stay refused whatever else is attached to the role of CI. */
const never: readonly Attempt[] = [
  attempt('make a role without a boundary', 'iam:CreateRole', roleArn, withBoundary()),
  attempt(
    'make a role inside another boundary',
    'iam:CreateRole',
    roleArn,
    withBoundary(`${boundaryArn}-mine`),
  ),
  attempt('give rights to a role without a boundary', 'iam:PutRolePolicy', roleArn, withBoundary()),
  attempt(
    'put another boundary around a role',
    'iam:PutRolePermissionsBoundary',
    roleArn,
    withBoundary(admin),
  ),
  attempt(
    'take the boundary off a role',
    'iam:DeleteRolePermissionsBoundary',
    roleArn,
    throughCloudFormation,
  ),
  attempt('attach a managed policy', 'iam:AttachRolePolicy', roleArn, throughCloudFormation),
  attempt('rewrite the boundary', 'iam:CreatePolicyVersion', boundaryArn, throughCloudFormation),
  attempt('choose an older boundary', 'iam:SetDefaultPolicyVersion', boundaryArn, throughCloudFormation),
  attempt('delete the boundary', 'iam:DeletePolicy', boundaryArn, throughCloudFormation),
  attempt('give itself rights', 'iam:PutRolePolicy', deployer, throughCloudFormation),
  attempt('let others into its own role', 'iam:UpdateAssumeRolePolicy', deployer, throughCloudFormation),
  attempt(
    'take the boundary off itself',
    'iam:DeleteRolePermissionsBoundary',
    deployer,
    throughCloudFormation,
  ),
  attempt('make a user', 'iam:CreateUser', `arn:aws:iam::${accountId}:user/me`, throughCloudFormation),
  attempt(
    'make an access key',
    'iam:CreateAccessKey',
    `arn:aws:iam::${accountId}:user/me`,
    throughCloudFormation,
  ),
  attempt('hand the role of an administrator to Lambda', 'iam:PassRole', admin, throughCloudFormation),
  attempt('become an administrator', 'sts:AssumeRole', admin),
  attempt('become a function', 'sts:AssumeRole', roleArn),
  attempt('run a function', 'lambda:InvokeFunction', functionArn),
  attempt('read messages', 'sqs:ReceiveMessage', queueArn),
  attempt('send messages', 'sqs:SendMessage', queueArn),
  attempt('delete messages', 'sqs:PurgeQueue', `${queueArn}-dlq`),
  attempt('move dead letters', 'sqs:StartMessageMoveTask', `${queueArn}-dlq`),
  attempt('let others read messages', 'sqs:AddPermission', queueArn),
  attempt('read what a sync remembers', 'dynamodb:GetItem', tableArn),
  attempt('change what a sync remembers', 'dynamodb:PutItem', tableArn),
  attempt('run a sync', 'lambda:InvokeFunction', syncFunctionArn),
  attempt('read a secret by itself', 'secretsmanager:GetSecretValue', secretArn),
  attempt('write a secret by itself', 'secretsmanager:PutSecretValue', secretArn),
  attempt('let others read a secret', 'secretsmanager:PutResourcePolicy', secretArn),
];

test.each(never)('CI can never $title', async (request) => {
  expect(await allowedOf(policies, [request])).toEqual([]);
  expect(await allowedOf([administrator, limits], [request])).toEqual([]);
});

const direct = { 'iam:PermissionsBoundary': boundaryArn };
test.each([
  attempt('make a role outside of a stack', 'iam:CreateRole', roleArn, direct),
  attempt('change rights outside of a stack', 'iam:PutRolePolicy', roleArn, direct),
  attempt('let others into a role outside of a stack', 'iam:UpdateAssumeRolePolicy', roleArn, direct),
  attempt('write a policy of a queue outside of a stack', 'sqs:SetQueueAttributes', queueArn),
  attempt('write a secret outside of a stack', 'secretsmanager:UpdateSecret', secretArn),
  attempt('delete a secret outside of a stack', 'secretsmanager:DeleteSecret', secretArn),
  attempt('unsubscribe outside of a stack', 'sns:Unsubscribe', topicArn),
  attempt('use the key by itself', 'kms:Decrypt', kmsKeyArn),
  attempt('use the key through SQS', 'kms:Decrypt', kmsKeyArn, {
    'kms:ViaService': `sqs.${region}.amazonaws.com`,
  }),
  attempt(
    'change a function of another service',
    'lambda:UpdateFunctionCode',
    arn('lambda', 'function:payroll'),
  ),
  attempt(
    'change a stack of another service',
    'cloudformation:UpdateStack',
    arn('cloudformation', 'stack/payroll/1'),
  ),
  attempt(
    'read a secret of another service',
    'secretsmanager:GetSecretValue',
    arn('secretsmanager', 'secret:payroll-AbCdEf'),
    throughCloudFormation,
  ),
  attempt('change a REST API', 'apigateway:DELETE', `arn:aws:apigateway:${region}::/restapis/a1b2c3`),
  attempt('give a role to EC2', 'iam:PassRole', roleArn, { 'iam:PassedToService': 'ec2.amazonaws.com' }),
  attempt('give a role to CloudFormation', 'iam:PassRole', roleArn, {
    'iam:PassedToService': 'cloudformation.amazonaws.com',
  }),
  attempt('change a table of another service', 'dynamodb:DeleteTable', arn('dynamodb', 'table/payroll')),
  attempt(
    'change a schedule of another service',
    'scheduler:UpdateSchedule',
    arn('scheduler', 'schedule/default/payroll'),
  ),
  attempt('use the key of a table by itself', 'kms:CreateGrant', kmsKeyArn),
  attempt('feed the function of another service', 'lambda:CreateEventSourceMapping', '*', {
    'lambda:FunctionArn': arn('lambda', 'function:payroll'),
  }),
])('CI may not $title', async (request) => {
  expect(await allowedOf(policies, [request])).toEqual([]);
});

test.each(['deploy-policy', 'deploy-syncs', 'deploy-limits', 'permissions-boundary', 'sync-boundary'])(
  '%s.json fits into a managed policy of IAM, which holds 6,144 characters without spaces',
  (name) => {
    expect(JSON.stringify(ciPolicy(name)).length).toBeLessThanOrEqual(6144);
  },
);
