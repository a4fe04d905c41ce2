/** Makes, changes and deletes single resources of a stack by the rules of their services. */

import type { Resource, Template } from '../../template/template.ts';
import { resolved } from '../../template/template.ts';
import { keyOf, type Stack, thing, type World } from './world.ts';

/** The property that names a resource, and the longest name that its service takes (AWS, quotas of each service). */
export const namedTypes: Readonly<Record<string, { readonly property: string; readonly longest: number }>> = {
  'AWS::Lambda::Function': { property: 'FunctionName', longest: 64 },
  'AWS::IAM::Role': { property: 'RoleName', longest: 64 },
  'AWS::SQS::Queue': { property: 'QueueName', longest: 80 },
  'AWS::SecretsManager::Secret': { property: 'Name', longest: 512 },
  'AWS::Logs::LogGroup': { property: 'LogGroupName', longest: 512 },
  'AWS::CloudWatch::Alarm': { property: 'AlarmName', longest: 255 },
  'AWS::CloudWatch::Dashboard': { property: 'DashboardName', longest: 255 },
  'AWS::S3::Bucket': { property: 'BucketName', longest: 63 },
  'AWS::Events::Rule': { property: 'Name', longest: 64 },
  'AWS::DynamoDB::Table': { property: 'TableName', longest: 255 },
  'AWS::Scheduler::Schedule': { property: 'Name', longest: 64 },
  'AWS::ApiGatewayV2::Api': { property: 'Name', longest: 128 },
};

/** Names that two resources of an account may share. */
const sharedNames = new Set(['AWS::ApiGatewayV2::Api']);

const isKept = ({ DeletionPolicy }: Resource): boolean => DeletionPolicy?.startsWith('Retain') === true;

export function nameOf(stack: Stack, template: Template, logicalId: string): string | undefined {
  const resource = template.Resources[logicalId];
  const named = namedTypes[resource?.Type ?? ''];
  const name = named && resolved(resource?.Properties?.[named.property], template);
  if (typeof name === 'string') return name;
  if (resource?.Type !== 'AWS::S3::Bucket') return undefined;
  // CloudFormation cuts a name that it makes to what S3 takes.
  return `${stack.name}-${logicalId}`.toLowerCase().slice(0, 49).concat('-a1b2c3d4e5f6');
}

/** @returns why it failed, in the service's words; undefined when it was made */
export function create(
  world: World,
  stack: Stack,
  template: Template,
  logicalId: string,
): string | undefined {
  const { Type } = template.Resources[logicalId] as Resource;
  const name = nameOf(stack, template, logicalId);
  const physicalId = physicalIdOf(world, stack, Type, logicalId, name);
  if (name !== undefined) {
    const longest = namedTypes[Type]?.longest ?? 0;
    if (name.length > longest)
      return `Value '${name}' failed to satisfy constraint: Member must have length less than or equal to ${longest}`;
    if (!sharedNames.has(Type) && thing(world, Type, name))
      return `Resource of type '${Type}' with identifier '${name}' already exists.`;
    const missing = missingCode(world, stack, template, logicalId);
    if (missing) return missing;
    const made = { type: Type, name, physicalId, owner: stack.name, updates: 0, modified: new Date() };
    world.things.set(keyOf(Type, name), made);
    if (Type === 'AWS::S3::Bucket') world.buckets.set(name, new Map());
  }
  stack.resources.set(logicalId, physicalId);
  return undefined;
}

export function update(
  world: World,
  stack: Stack,
  template: Template,
  logicalId: string,
): string | undefined {
  const missing = missingCode(world, stack, template, logicalId);
  if (missing) return missing;
  const found = thingOf(world, stack, logicalId);
  if (found) Object.assign(found, { updates: found.updates + 1, modified: new Date() });
  return undefined;
}

/** @param isUndone the resource was made a moment ago by the operation that now rolls back */
export function remove(
  world: World,
  stack: Stack,
  logicalId: string,
  resource: Resource,
  isUndone = false,
): string | undefined {
  const found = thingOf(world, stack, logicalId);
  const keeps = isUndone ? resource.DeletionPolicy === 'Retain' : isKept(resource);
  if (found && keeps) found.owner = undefined;
  else if (found) {
    if ((world.buckets.get(found.name)?.size ?? 0) > 0)
      return 'The bucket you tried to delete is not empty (Service: S3, Status Code: 409)';
    world.buckets.delete(found.name);
    world.things.delete(keyOf(found.type, found.name));
  }
  stack.resources.delete(logicalId);
  return undefined;
}

function thingOf(world: World, stack: Stack, logicalId: string) {
  const physicalId = stack.resources.get(logicalId);
  return [...world.things.values()].find((item) => item.physicalId === physicalId);
}

function missingCode(world: World, stack: Stack, template: Template, logicalId: string): string | undefined {
  const { Type, Properties } = template.Resources[logicalId] as Resource;
  if (Type !== 'AWS::Lambda::Function') return undefined;
  const { S3Key } = Properties.Code as { S3Key: string };
  const bucket = world.buckets.get(stack.resources.get('ServerlessDeploymentBucket') ?? '');
  return bucket?.has(S3Key)
    ? undefined
    : 'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.';
}

function physicalIdOf(
  { region, accountId }: World,
  stack: Stack,
  type: string,
  logicalId: string,
  name?: string,
): string {
  if (type === 'AWS::SecretsManager::Secret')
    return `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-AbCdEf`;
  if (type === 'AWS::SQS::Queue') return `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
  return name ?? `${stack.name}-${logicalId}-A1B2C3D4E5F6`;
}
