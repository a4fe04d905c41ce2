/** A server in the place of CloudFormation, CloudWatch, Lambda and SNS, for a stage whose health a test changes. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startHttpServer } from '../../support/http/http-server.ts';

/** What AWS reports about the stage. */
export interface AwsState {
  readonly deployed: boolean;
  readonly status: string;
  readonly metricAgeSeconds: number;
  /** Counts of the last 15 minutes. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly mapping: string | undefined;
  readonly concurrency: number;
  readonly subscriptions: readonly string[];
  /** Red alarms: the last parts of their names. */
  readonly redAlarms: readonly string[];
  readonly deniedMessage?: string;
  /** Services that the credentials may not call. */
  readonly denied: ReadonlySet<'lambda' | 'sns' | 'cloudwatch' | 'logs'>;
}

/** @param outputs the outputs of the stack */
export function startAwsDouble(state: AwsState, outputs: Readonly<Record<string, string>>) {
  return startHttpServer((request, response, body) => {
    const target = String(request.headers['x-amz-target']);
    if (target.endsWith('.DescribeAlarms')) answerAlarms(response, state, outputs.AlarmTopicArn);
    else if (target.startsWith('GraniteService')) answerCloudWatch(response, body, state);
    else if (target.startsWith('Logs_')) answerLogs(response, state);
    else if (/^\/20\d\d-\d\d-\d\d\//.test(request.url ?? '')) answerLambda(request, response, state);
    else if (body.includes('ListSubscriptionsByTopic')) answerSns(response, state);
    else answerCloudFormation(response, state, outputs);
  });
}

function answerCloudWatch(response: ServerResponse, body: string, state: AwsState): void {
  if (state.denied.has('cloudwatch')) {
    deny(response);
    return;
  }
  const { Statistics, MetricName } = JSON.parse(body);
  const value = state.metrics[MetricName] ?? state.metricAgeSeconds;
  const point = { Timestamp: Date.now() / 1000 - 60, [Statistics[0]]: value, Unit: 'Count' };
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  response.end(JSON.stringify({ Label: 'm', Datapoints: [point] }));
}

/** The stage's own red alarms, and one of the stage `prod-eu`, whose name starts the same. */
function answerAlarms(response: ServerResponse, { denied, redAlarms }: AwsState, topic = ''): void {
  if (denied.has('cloudwatch')) {
    deny(response);
    return;
  }
  const alarm = (name: string, action: string) => ({
    AlarmName: `tiktok-events-prod-${name}`,
    AlarmDescription: `Something is wrong. Runbook: docs/operations.md#${name}`,
    AlarmActions: [action],
    StateValue: 'ALARM',
    StateTransitionedTimestamp: Date.now() / 1000 - 3_600,
  });
  const MetricAlarms = [...redAlarms.map((name) => alarm(name, topic)), alarm('eu-no-events', `${topic}-eu`)];
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  response.end(JSON.stringify({ MetricAlarms }));
}

/** No log line, whatever is asked. */
function answerLogs(response: ServerResponse, { denied }: AwsState): void {
  if (denied.has('logs')) {
    deny(response);
    return;
  }
  const nothing = { events: [], results: [], logGroups: [], queryId: 'q', status: 'Complete' };
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  response.end(JSON.stringify(nothing));
}

function answerLambda(request: IncomingMessage, response: ServerResponse, state: AwsState): void {
  if (state.denied.has('lambda')) {
    deny(response, state.deniedMessage);
    return;
  }
  const { concurrency, mapping } = state;
  const limit = { ConcurrentExecutions: concurrency, UnreservedConcurrentExecutions: concurrency };
  const mappings = mapping === undefined ? [] : [{ UUID: 'mapping-1', State: mapping }];
  const isSettings = request.url?.includes('account-settings') === true;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(isSettings ? { AccountLimit: limit } : { EventSourceMappings: mappings }));
}

function answerSns(response: ServerResponse, { denied, subscriptions }: AwsState): void {
  const xmlns = 'xmlns="http://sns.amazonaws.com/doc/2010-03-31/"';
  if (denied.has('sns')) {
    const error = errorXml(xmlns, 'AuthorizationError', 'no');
    response.writeHead(403, { 'content-type': 'text/xml' }).end(error);
    return;
  }
  const members = subscriptions.map(
    (arn) => `<member><SubscriptionArn>${arn}</SubscriptionArn><Protocol>email</Protocol></member>`,
  );
  const answer = `<ListSubscriptionsByTopicResponse ${xmlns}><ListSubscriptionsByTopicResult><Subscriptions>${members.join('')}</Subscriptions></ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>`;
  response.writeHead(200, { 'content-type': 'text/xml' }).end(answer);
}

function answerCloudFormation(
  response: ServerResponse,
  { deployed, status }: AwsState,
  outputs: Readonly<Record<string, string>>,
): void {
  const xmlns = 'xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"';
  response.writeHead(deployed ? 200 : 400, { 'content-type': 'text/xml' });
  if (!deployed) {
    response.end(errorXml(xmlns, 'ValidationError', 'Stack with id s does not exist'));
    return;
  }
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  response.end(
    `<DescribeStacksResponse ${xmlns}><DescribeStacksResult><Stacks><member><StackName>s</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${status}</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  );
}

const errorXml = (xmlns: string, code: string, message: string): string =>
  `<ErrorResponse ${xmlns}><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

function deny(response: ServerResponse, message = 'no'): void {
  response.writeHead(400, {
    'content-type': 'application/json',
    'x-amzn-errortype': 'AccessDeniedException',
  });
  response.end(JSON.stringify({ __type: 'AccessDeniedException', message }));
}
