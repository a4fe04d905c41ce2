/** CloudFormation's operations that osls, this project and its guide use, on the stacks of one account. */
import { resolved } from '../../template/template.ts';
import { createChangeSet } from './change-sets.ts';
import { deleteStack, executeChangeSet } from './operations.ts';
import { templateBody } from './template-body.ts';
import { readTemplate } from './template-rules.ts';
import type { Input } from './wire.ts';
import { AwsError, type Stack, stackOf, validationError, type World } from './world.ts';

type Operation = (world: World, input: Input) => object;

export const cloudFormation: Readonly<Record<string, Operation>> = {
  CreateChangeSet: (world, input) => {
    const { stack, changeSet } = createChangeSet(world, input);
    return { Id: changeSetArn(stack, changeSet.name), StackId: stack.id };
  },
  DescribeChangeSet: (world, { StackName, ChangeSetName }) => {
    const stack = stackOf(world, String(StackName));
    const changeSet = stack.changeSets.get(String(ChangeSetName));
    if (!changeSet)
      throw new AwsError(
        'ChangeSetNotFoundException',
        `ChangeSet [${String(ChangeSetName)}] does not exist`,
        404,
      );
    return {
      ChangeSetName,
      ChangeSetId: changeSetArn(stack, changeSet.name),
      StackId: stack.id,
      StackName: stack.name,
      Status: changeSet.status,
      ExecutionStatus: changeSet.status === 'FAILED' ? 'UNAVAILABLE' : 'AVAILABLE',
      StatusReason: changeSet.reason,
      Changes: changeSet.changed.map((LogicalResourceId) => ({
        Type: 'Resource',
        ResourceChange: { LogicalResourceId },
      })),
    };
  },
  ExecuteChangeSet: (world, { StackName, ChangeSetName }) => {
    executeChangeSet(world, stackOf(world, String(StackName)), String(ChangeSetName));
    return {};
  },
  DeleteChangeSet: (world, { StackName, ChangeSetName }) => {
    stackOf(world, String(StackName)).changeSets.delete(String(ChangeSetName));
    return {};
  },
  DescribeStacks: (world, { StackName }) => ({ Stacks: [described(stackOf(world, String(StackName)))] }),
  DescribeStackEvents: (world, { StackName }) => {
    const stack = world.stacks.get(String(StackName).split('/')[1] ?? String(StackName));
    if (!stack) throw validationError(`Stack [${String(StackName)}] does not exist`);
    return {
      StackEvents: stack.events
        .map((event) => ({
          EventId: event.id,
          StackId: stack.id,
          StackName: stack.name,
          LogicalResourceId: event.logicalId,
          ResourceType: event.type,
          ResourceStatus: event.status,
          ResourceStatusReason: event.reason,
          Timestamp: new Date(),
        }))
        .reverse(),
    };
  },
  DescribeStackResource: (world, { StackName, LogicalResourceId }) => {
    const stack = stackOf(world, String(StackName));
    const found = summaries(stack).find((summary) => summary.LogicalResourceId === LogicalResourceId);
    if (!found)
      throw validationError(`Resource ${String(LogicalResourceId)} does not exist for stack ${stack.name}`);
    return { StackResourceDetail: { StackName: stack.name, StackId: stack.id, ...found } };
  },
  ListStackResources: (world, { StackName }) => ({
    StackResourceSummaries: summaries(stackOf(world, String(StackName))),
  }),
  GetTemplate: (world, { StackName }) => ({ TemplateBody: stackOf(world, String(StackName)).body }),
  ValidateTemplate: (world, input) => {
    readTemplate(templateBody(world, input));
    return { Parameters: [], Capabilities: ['CAPABILITY_IAM'] };
  },
  UpdateTerminationProtection: (world, { StackName, EnableTerminationProtection }) => {
    const stack = stackOf(world, String(StackName));
    stack.isProtected = EnableTerminationProtection === 'true';
    return { StackId: stack.id };
  },
  DeleteStack: (world, { StackName }) => {
    const stack = world.stacks.get(String(StackName));
    if (stack) deleteStack(world, stack);
    return {};
  },
};

const changeSetArn = ({ id }: Stack, name: string): string =>
  `${id.replace(':stack/', ':changeSet/').split('/')[0]}/${name}/1`;

function described(stack: Stack) {
  const { Outputs = {} } = stack.template;
  return {
    StackId: stack.id,
    StackName: stack.name,
    StackStatus: stack.status,
    CreationTime: new Date(0),
    EnableTerminationProtection: stack.isProtected,
    Outputs: Object.entries(Outputs).map(([OutputKey, { Value }]) => ({
      OutputKey,
      OutputValue: resolved(Value, stack.template),
    })),
  };
}

function summaries(stack: Stack) {
  return [...stack.resources].map(([LogicalResourceId, PhysicalResourceId]) => ({
    LogicalResourceId,
    PhysicalResourceId,
    ResourceType: stack.template.Resources[LogicalResourceId]?.Type ?? 'Unknown',
    ResourceStatus: 'UPDATE_COMPLETE',
    LastUpdatedTimestamp: new Date(0),
  }));
}
