/**
 * The requests that CloudFormation makes, with the rights of its caller, for the resources of the stack. The actions are
 * those that AWS publishes with each resource type (`handlers.*.permissions` of its schema; for subscriptions, whose
 * schema has none, the calls of the SNS API); the resources are as this stack names them. `list` handlers are left out:
 * no operation on a stack calls them.
 */
import { readFileSync } from 'node:fs';
import { boundaryArn, kmsKeyArn } from './full-stage.ts';
import type { Request } from './rights/simulate-policy.ts';
import { accountId, region } from './template.ts';

type Handlers = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export const handlers: Handlers = JSON.parse(
  readFileSync(new URL('../fixtures/cloudformation-handlers.json', import.meta.url), 'utf8'),
);

/** What AWS sees of a call that CloudFormation makes for its caller. */
export const throughCloudFormation = {
  'aws:CalledVia': ['cloudformation.amazonaws.com'],
  'iam:PermissionsBoundary': boundaryArn,
  'iam:PassedToService': 'lambda.amazonaws.com',
  'lambda:FunctionArn': `arn:aws:lambda:${region}:${accountId}:function:tiktok-events-prod-deliver`,
  'kms:ViaService': `secretsmanager.${region}.amazonaws.com`,
};

export const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${accountId}:${rest}`;
export const secretArn = arn('secretsmanager', 'secret:tiktok-events/prod/ingest-AbCdEf');
export const roleArn = `arn:aws:iam::${accountId}:role/tiktok-events-prod-IngestRole-1A2B`;
export const bucketArn = 'arn:aws:s3:::tiktok-events-prod-serverlessdeploymentbucket-1a2b';
export const syncFunctionArn = arn('lambda', 'function:tiktok-events-prod-sync');
export const functionArn = arn('lambda', 'function:tiktok-events-prod-ingest');
export const queueArn = arn('sqs', 'tiktok-events-prod');
export const tableArn = arn('dynamodb', 'table/tiktok-events-prod-syncs');
export const scheduleArn = arn('scheduler', 'schedule/default/tiktok-events-prod-orders');
export const topicArn = arn('sns', 'tiktok-events-prod-AlarmTopic-1A2B');
const logGroups = [
  '/aws/lambda/tiktok-events-prod-ingest',
  '/aws/http-api/tiktok-events-prod',
  '/tiktok-events/prod/operator',
];

const apiPaths: Readonly<Record<string, string>> = {
  Api: '/apis/a1b2c3',
  Integration: '/apis/a1b2c3/integrations/d4e5f6',
  Route: '/apis/a1b2c3/routes/d4e5f6',
  Stage: '/apis/a1b2c3/stages/default',
  DomainName: '/domainnames/events.example.com',
  ApiMapping: '/domainnames/events.example.com/apimappings/d4e5f6',
};

/** Actions that AWS checks against no resource in particular. */
const onAnything = new Set([
  'cloudwatch:DescribeAlarms',
  'lambda:CreateEventSourceMapping',
  'logs:CreateLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:PutResourcePolicy',
  'kms:ListAliases',
  'secretsmanager:GetRandomPassword',
]);
/** Names in AWS's schemas that are no actions of IAM. */
const noActions =
  /^s3:(REST\..+|PutBucketReplication|PutObjectLockConfiguration|DeleteBucket(?!$|Policy$|Website$).+)$/;
const ofStreams = /^logs:(CreateLogStream|PutLogEvents)$/;
const ofObjects = /^s3:(Get|Put|Delete)Object(Version|Acl)?$/;

function resourcesOf(type: string, action: string): readonly string[] {
  const service = action.split(':')[0] ?? '';
  const kind = type.split('::')[2] ?? '';
  const path = apiPaths[kind] ?? '';
  if (onAnything.has(action)) return ['*'];
  if (ofObjects.test(action)) return [`${bucketArn}/serverless/tiktok-events/prod/1/ingest.zip`];
  const byService: Readonly<Record<string, readonly string[]>> = {
    apigateway: [path, path.slice(0, path.lastIndexOf('/'))].map(
      (one) => `arn:aws:apigateway:${region}::${one}`,
    ),
    cloudwatch: [
      kind === 'Dashboard'
        ? `arn:aws:cloudwatch::${accountId}:dashboard/tiktok-events-prod`
        : arn('cloudwatch', 'alarm:tiktok-events-prod-dead-letters'),
    ],
    dynamodb: [tableArn],
    scheduler: [scheduleArn],
    events: ['shop-bus/', ''].map((bus) =>
      arn('events', `rule/${bus}tiktok-events-prod-EventRuleOrders-1A2B`),
    ),
    iam: [roleArn],
    kms: [kmsKeyArn],
    lambda: [functionOf(kind, action)],
    logs: logGroups.map((name) =>
      arn('logs', `log-group:${name}${ofStreams.test(action) ? ':log-stream:1' : ''}`),
    ),
    s3: [bucketArn],
    secretsmanager: [secretArn],
    sns: [topicArn],
    sqs: [queueArn, `${queueArn}-dlq`],
  };
  return byService[service] ?? ['*'];
}

function functionOf(kind: string, action: string): string {
  if (kind === 'EventSourceMapping') return arn('lambda', 'event-source-mapping:1a2b-3c4d');
  return kind === 'EventInvokeConfig' || action.endsWith('RecursionConfig') ? syncFunctionArn : functionArn;
}

/** What AWS sees of a call for a resource of this type. */
const contextOf = (type: string) => ({
  ...throughCloudFormation,
  ...(type === 'AWS::Scheduler::Schedule' && { 'iam:PassedToService': 'scheduler.amazonaws.com' }),
  ...(type === 'AWS::DynamoDB::Table' && { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` }),
});

/** All that one handler (`create`, `read`, `update`, `delete`) of a type asks for. */
export const requestsOf = (type: string, handler: string): Request[] =>
  (handlers[type]?.[handler] ?? [])
    .filter((action) => !noActions.test(action))
    .flatMap((action) =>
      resourcesOf(type, action).map((resource) => ({ action, resource, context: contextOf(type) })),
    );
