/** Names that only the stack knows: its functions, and the logical ids of what osls compiles from serverless.yml. */
import { stackName } from '../lib/config/names.ts';

export const functionNames = ['ingest', 'webhook', 'collect', 'deliver', 'sync', 'oauth', 'meta'] as const;
export type FunctionName = (typeof functionNames)[number];

interface Parts {
  readonly collect?: object | undefined;
  readonly syncs?: object | undefined;
}

/** @returns the functions of a stage: without a collector, it has no function `collect`, and without syncs no `sync` */
export function functionsOf({ collect, syncs = {} }: Parts): FunctionName[] {
  const isThere = { collect: collect !== undefined, sync: Object.keys(syncs).length > 0 };
  return functionNames.filter((name) => (name === 'collect' || name === 'sync' ? isThere[name] : true));
}

export const alarmName = (stage: string, name: string) => `${stackName(stage)}-${name}`;

export const lambdaName = (stage: string, name: FunctionName) => `${stackName(stage)}-${name}`;

/** The name that osls gives the access log of the HTTP API. */
export const accessLogGroupName = (stage: string) => `/aws/http-api/${stackName(stage)}`;

/** Logical ids that osls gives to its resources. */
export const compiled = {
  function: (name: FunctionName) => `${name.charAt(0).toUpperCase()}${name.slice(1)}LambdaFunction`,
  mapping: 'DeliverEventSourceMappingSQSEventQueue',
  api: 'HttpApi',
  apiStage: 'HttpApiStage',
  apiLogGroup: 'HttpApiLogGroup',
} as const;
