/** Change sets as CloudFormation makes them: refused, failed for want of a change, or ready to be executed. */
import { randomUUID } from 'node:crypto';
import { checkedImports } from './imports.ts';
import { templateBody } from './template-body.ts';
import { changedBetween, checkCapabilities, readTemplate } from './template-rules.ts';
import type { Input } from './wire.ts';
import {
  AwsError,
  type ChangeSet,
  type RollbackConfiguration,
  type Stack,
  validationError,
  type World,
} from './world.ts';

const updatable = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
]);

export function createChangeSet(world: World, input: Input): { stack: Stack; changeSet: ChangeSet } {
  const stackName = String(input.StackName);
  const type = String(input.ChangeSetType ?? 'UPDATE') as ChangeSet['type'];
  const body = templateBody(world, input);
  const template = readTemplate(body);
  checkCapabilities(template, listOf(input.Capabilities));
  const stack = stackFor(world, stackName, type);
  const name = String(input.ChangeSetName);
  if (stack.changeSets.has(name))
    throw new AwsError(
      'AlreadyExistsException',
      `ChangeSet ${name} cannot be created due to a mismatch with existing attribute Name`,
    );
  const changed = changedBetween(stack.template, template);
  const imports = type === 'IMPORT' ? checkedImports(world, stack, template, input) : new Map();
  const rollback = rollbackIn(input);
  const changeSet: ChangeSet = {
    name,
    type,
    template,
    body,
    changed,
    imports,
    ...(rollback ? { rollback } : {}),
    ...(changed.length > 0
      ? { status: 'CREATE_COMPLETE' }
      : {
          status: 'FAILED',
          reason:
            "The submitted information didn't contain changes. Submit different information to create a change set.",
        }),
  };
  world.stacks.set(stackName, stack);
  stack.changeSets.set(name, changeSet);
  return { stack, changeSet };
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function stackFor(world: World, name: string, type: ChangeSet['type']): Stack {
  const stack = world.stacks.get(name);
  if (!stack || stack.status === 'REVIEW_IN_PROGRESS') {
    if (type === 'UPDATE') throw validationError(`Stack [${name}] does not exist`);
    return stack ?? newStack(world, name);
  }
  if (type === 'CREATE')
    throw new AwsError(
      'AlreadyExistsException',
      `Stack [${name}] already exists and cannot be created again with the changeSet.`,
    );
  if (!updatable.has(stack.status))
    throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
  return stack;
}

function newStack({ region, accountId }: World, name: string): Stack {
  return {
    id: `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/${randomUUID()}`,
    name,
    status: 'REVIEW_IN_PROGRESS',
    body: '',
    template: { Resources: {}, Outputs: {} },
    rollback: { triggers: [], minutes: 0 },
    isProtected: false,
    resources: new Map(),
    changeSets: new Map(),
    events: [],
  };
}

function rollbackIn({ RollbackConfiguration }: Input): RollbackConfiguration | undefined {
  if (RollbackConfiguration === undefined) return undefined;
  const { RollbackTriggers, MonitoringTimeInMinutes } = RollbackConfiguration as Input;
  const triggers = Array.isArray(RollbackTriggers) ? RollbackTriggers : [];
  return {
    triggers: triggers.map((trigger: Input) => String(trigger.Arn)),
    minutes: Number(MonitoringTimeInMinutes ?? 0),
  };
}
