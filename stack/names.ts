/** Names that several fragments, the functions and the operator's commands must agree on. */

export const service = 'tiktok-events';
export const functionNames = ['ingest', 'webhook', 'deliver', 'oauth', 'meta'] as const;
export type FunctionName = (typeof functionNames)[number];

export const queueName = (stage: string) => `${service}-${stage}`;
export const deadLetterQueueName = (stage: string) => `${service}-${stage}-dlq`;
export const secretsPrefix = (stage: string) => `${service}/${stage}`;
export const lambdaName = (stage: string, name: FunctionName) => `${service}-${stage}-${name}`;

/** Logical ids of what osls makes of serverless.yml. */
export const compiled = {
  function: (name: FunctionName) => `${name.charAt(0).toUpperCase()}${name.slice(1)}LambdaFunction`,
  mapping: 'DeliverEventSourceMappingSQSEventQueue',
  api: 'HttpApi',
  apiStage: 'HttpApiStage',
  apiLogGroup: 'HttpApiLogGroup',
} as const;
