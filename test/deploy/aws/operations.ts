/** Executes a change set or a removal at once: every resource in turn, and all the way back when one fails. */
import { randomUUID } from 'node:crypto';
import type { Resource, Template } from '../../template/template.ts';
import { create, remove, update } from './resources.ts';
import { alarmArn } from './small-services.ts';
import { type ChangeSet, type Stack, validationError, type World } from './world.ts';

const stackType = 'AWS::CloudFormation::Stack';

export function executeChangeSet(world: World, stack: Stack, name: string): void {
  const changeSet = stack.changeSets.get(name);
  if (changeSet?.status !== 'CREATE_COMPLETE')
    throw validationError(`ChangeSet [${name}] cannot be executed in its current status`);
  stack.changeSets.clear();
  if (changeSet.rollback) stack.rollback = changeSet.rollback;
  const verb = changeSet.type;
  setStatus(stack, `${verb}_IN_PROGRESS`);
  if (verb === 'IMPORT') adopt(world, stack, changeSet);
  const failure = verb === 'IMPORT' ? undefined : changeResources(world, stack, changeSet);
  if (failure) return;
  stack.body = changeSet.body;
  stack.template = changeSet.template;
  setStatus(stack, `${verb}_COMPLETE`);
}

function adopt(world: World, stack: Stack, { imports }: ChangeSet): void {
  for (const [logicalId, physicalId] of imports) {
    const adopted = [...world.things.values()].find((item) => item.physicalId === physicalId);
    if (adopted) adopted.owner = stack.name;
    stack.resources.set(logicalId, physicalId);
    note(stack, logicalId, adopted?.type ?? '', 'IMPORT_COMPLETE');
  }
}

/** @returns true when it failed and was rolled back */
function changeResources(world: World, stack: Stack, changeSet: ChangeSet): boolean {
  const { template } = changeSet;
  const before = stack.template;
  const made: string[] = [];
  for (const logicalId of changeSet.changed.filter((id) => id in template.Resources)) {
    const isNew = !stack.resources.has(logicalId);
    if (changeResource(world, stack, template, logicalId)) {
      if (isNew) made.push(logicalId);
      continue;
    }
    rollBack(world, stack, changeSet, made, `The following resource(s) failed: [${logicalId}]`);
    return true;
  }
  const alarm = alarmThatStops(world, stack);
  if (alarm) {
    rollBack(world, stack, changeSet, made, alarm);
    return true;
  }
  for (const [id, resource] of Object.entries(before.Resources)) {
    if (!(id in template.Resources)) remove(world, stack, id, resource);
  }
  return false;
}

/** @returns whether it went well; the events of the stack say why not */
function changeResource(world: World, stack: Stack, template: Template, logicalId: string): boolean {
  const [verb, change] = stack.resources.has(logicalId)
    ? (['UPDATE', update] as const)
    : (['CREATE', create] as const);
  const type = template.Resources[logicalId]?.Type ?? '';
  note(stack, logicalId, type, `${verb}_IN_PROGRESS`);
  const reason = injectedFault(world, logicalId) ?? change(world, stack, template, logicalId);
  note(stack, logicalId, type, reason === undefined ? `${verb}_COMPLETE` : `${verb}_FAILED`, reason);
  return reason === undefined;
}

function injectedFault(world: World, logicalId: string): string | undefined {
  if (world.fault?.logicalId !== logicalId) return undefined;
  const { reason } = world.fault;
  world.fault = undefined;
  return reason;
}

/** A trigger that is missing fails the whole operation; one that turns red rolls it back. */
function alarmThatStops(world: World, stack: Stack): string | undefined {
  for (const name of world.turningRed.splice(0)) world.redAlarms.add(name);
  const alarms = [...world.things.values()].filter(({ type }) => type === 'AWS::CloudWatch::Alarm');
  for (const trigger of stack.rollback.triggers) {
    const alarm = alarms.find(({ name }) => alarmArn(world, name) === trigger);
    if (!alarm) return `Rollback trigger [${trigger}] does not exist`;
    if (world.redAlarms.has(alarm.name)) return `Rollback trigger [${trigger}] went to ALARM`;
  }
  return undefined;
}

function rollBack(
  world: World,
  stack: Stack,
  { type, template }: ChangeSet,
  made: readonly string[],
  reason: string,
): void {
  const prefix = type === 'CREATE' ? '' : 'UPDATE_';
  setStatus(stack, `${prefix}ROLLBACK_IN_PROGRESS`, reason);
  for (const logicalId of [...made].reverse()) {
    remove(world, stack, logicalId, template.Resources[logicalId] as Resource, true);
  }
  setStatus(stack, `${prefix}ROLLBACK_COMPLETE`);
}

export function deleteStack(world: World, stack: Stack): void {
  if (stack.isProtected)
    throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  setStatus(stack, 'DELETE_IN_PROGRESS');
  for (const [logicalId, resource] of resourcesOf(stack.template)) {
    if (!stack.resources.has(logicalId)) continue;
    const reason = remove(world, stack, logicalId, resource);
    if (reason === undefined) continue;
    note(stack, logicalId, resource.Type, 'DELETE_FAILED', reason);
    setStatus(stack, 'DELETE_FAILED', `The following resource(s) failed to delete: [${logicalId}].`);
    return;
  }
  world.stacks.delete(stack.name);
}

/** The bucket last: everything else may still read from it. */
const resourcesOf = ({ Resources }: Template) => Object.entries(Resources).reverse();

function setStatus(stack: Stack, status: string, reason?: string): void {
  stack.status = status;
  note(stack, stack.name, stackType, status, reason);
}

function note(stack: Stack, logicalId: string, type: string, status: string, reason?: string): void {
  stack.events.push({ id: randomUUID(), logicalId, type, status, ...(reason ? { reason } : {}) });
}
