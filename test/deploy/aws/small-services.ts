/** The few operations of STS, Lambda, ECR, CloudWatch, Secrets Manager, SQS and DynamoDB that a deployment asks for. */

import type { Input } from './wire.ts';
import { AwsError, keyOf, thing, type World } from './world.ts';

type Operations = Readonly<Record<string, (world: World, input: Input) => object>>;

const secretType = 'AWS::SecretsManager::Secret';
const queueType = 'AWS::SQS::Queue';
const tableType = 'AWS::DynamoDB::Table';

/** By the service's name in a request's signature. */
export const smallServices: Readonly<Record<string, Operations>> = {
  sts: {
    GetCallerIdentity: ({ accountId }) => ({
      Account: accountId,
      Arn: `arn:aws:iam::${accountId}:user/tester`,
      UserId: 'AIDATEST',
    }),
  },
  lambda: {
    GetFunction: (world, { FunctionName }) => {
      const found = thing(world, 'AWS::Lambda::Function', String(FunctionName));
      if (!found)
        throw new AwsError('ResourceNotFoundException', `Function not found: ${String(FunctionName)}`, 404);
      return {
        Configuration: { FunctionName, LastModified: found.modified.toISOString(), PackageType: 'Zip' },
      };
    },
  },
  ecr: {
    DescribeRepositories: () => {
      throw new AwsError('RepositoryNotFoundException', 'The repository does not exist in the registry');
    },
  },
  monitoring: {
    DescribeAlarms: (world, { AlarmNames }) => ({
      CompositeAlarms: [],
      MetricAlarms: (AlarmNames as string[])
        .filter((name) => thing(world, 'AWS::CloudWatch::Alarm', name))
        .map((name) => ({
          AlarmName: name,
          AlarmArn: alarmArn(world, name),
          StateValue: world.redAlarms.has(name) ? 'ALARM' : 'OK',
        })),
    }),
  },
  secretsmanager: {
    DescribeSecret: (world, { SecretId }) => ({
      Name: SecretId,
      ARN: secret(world, String(SecretId)).physicalId,
      ...(world.secretsBeingDeleted.has(String(SecretId)) ? { DeletedDate: 1_790_000_000 } : {}),
    }),
    RestoreSecret: (world, { SecretId }) => {
      world.secretsBeingDeleted.delete(String(SecretId));
      return { Name: SecretId, ARN: secret(world, String(SecretId)).physicalId };
    },
    DeleteSecret: (world, { SecretId }) => {
      const { physicalId, name } = secret(world, String(SecretId));
      world.things.delete(keyOf(secretType, name));
      return { ARN: physicalId, Name: name, DeletionDate: 1_790_000_000 };
    },
  },
  sqs: {
    GetQueueUrl: (world, { QueueName }) => ({ QueueUrl: queue(world, String(QueueName)).physicalId }),
    DeleteQueue: (world, { QueueUrl }) => {
      const { name } = queue(world, String(QueueUrl).split('/').at(-1) ?? '');
      world.things.delete(keyOf(queueType, name));
      return {};
    },
  },
  dynamodb: {
    DescribeTable: (world, { TableName }) => ({ Table: described(world, String(TableName)) }),
    DeleteTable: (world, { TableName }) => {
      const TableDescription = described(world, String(TableName));
      world.things.delete(keyOf(tableType, String(TableName)));
      return { TableDescription };
    },
  },
};

/** The name of a table, and nothing of what is in it. */
const described = (world: World, name: string) => {
  if (!thing(world, tableType, name))
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
  return { TableName: name, TableStatus: 'ACTIVE' };
};

export const alarmArn = ({ region, accountId }: World, name: string): string =>
  `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;

function secret(world: World, name: string) {
  const found = thing(world, secretType, name);
  if (!found)
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  return found;
}

function queue(world: World, name: string) {
  const found = thing(world, queueType, name);
  if (!found) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  return found;
}
