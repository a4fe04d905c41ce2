/** The names that the stack, the commands and the local gateway share, all derived from the name of the service. */

/** The same as `service` in serverless.yml; a stack, its queues, functions and secrets are named after it. */
export const serviceName = 'tiktok-events';

/** The CloudWatch namespace of the metrics that the functions write. */
export const metricNamespace = 'TikTokEvents';

/** The name that osls gives the CloudFormation stack: service and stage. */
export const stackName = (stage: string): string => `${serviceName}-${stage}`;

export const queueName = (stage: string): string => stackName(stage);
export const deadLetterQueueName = (stage: string): string => `${queueName(stage)}-dlq`;

/** The DynamoDB table in which the function `sync` remembers its runs. */
export const syncTableName = (stage: string): string => `${stackName(stage)}-syncs`;

/** The log group of what operators did to dead letters. Their own commands write it; no function may. */
export const operatorLogGroup = (stage: string): string => `/${serviceName}/${stage}/operator`;

/** The log group of a Lambda function, which osls names after the stack. */
export const functionLogGroup = (stage: string, name: string): string =>
  `/aws/lambda/${stackName(stage)}-${name}`;

/** The setting SECRETS_PREFIX. `lib/secrets/names.ts` has the names below it. */
export const secretsPrefix = (stage: string): string => `${serviceName}/${stage}`;

/** Leaves room for a function's name of up to 17 characters in the 64 that Lambda accepts. */
export const longestStageName = 32;

const stageName = /^[a-z][a-z0-9-]*$/;

/** True for a name that fits into the names of resources, secrets and files. */
export const isStageName = (text: string): boolean => text.length <= longestStageName && stageName.test(text);

/** The file in a function's zip with the settings that are too long for its environment; the value of `SETTINGS_FILE`. */
export const settingsFileName = 'settings.json';
