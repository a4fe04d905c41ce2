/**
 * Secrets, queues and the table of the syncs outlive their stack. A deployment that would create them again is rejected before it starts, with
 * the commands that adopt them or delete them for good.
 */
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { adoption } from './adoption.js';
import { questionsTo } from './ask.js';
import { readStack } from './stack.js';

/** By CloudFormation's type: how to ask for a resource by its name, and how an import identifies it. */
const kinds = {
  'AWS::SecretsManager::Secret': {
    kind: 'secret',
    service: 'Secrets Manager',
    nameProperty: 'Name',
    client: SecretsManagerClient,
    question: (name) => new DescribeSecretCommand({ SecretId: name }),
    missing: ['ResourceNotFoundException'],
    identify: ({ ARN, DeletedDate }) => ({
      identifier: { Id: ARN },
      isScheduledForDeletion: DeletedDate !== undefined,
    }),
  },
  'AWS::SQS::Queue': {
    kind: 'queue',
    service: 'SQS',
    nameProperty: 'QueueName',
    client: SQSClient,
    question: (name) => new GetQueueUrlCommand({ QueueName: name }),
    missing: ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
    identify: ({ QueueUrl }) => ({ identifier: { QueueUrl } }),
  },
  'AWS::DynamoDB::Table': {
    kind: 'table',
    service: 'DynamoDB',
    nameProperty: 'TableName',
    // An import of a table must say what never changes: its keys.
    keptProperties: ['KeySchema', 'AttributeDefinitions', 'BillingMode'],
    client: DynamoDBClient,
    question: (name) => new DescribeTableCommand({ TableName: name }),
    missing: ['ResourceNotFoundException'],
    identify: ({ Table }) => ({ identifier: { TableName: Table.TableName } }),
  },
};

/** Rejects a deployment that is certain to fail. */
export async function checkRetained(context, stack) {
  const retained = await findRetained(context, stack);
  if (retained.length > 0) context.refuse(await adoption(context, stack, retained));
}

/** Prints the commands after a failed deployment, for the case that AWS answered the question too late. */
export async function adoptionHint(context, error) {
  if (!/already exists|ResourceExistenceCheck/.test(error.message)) return;
  const stack = await readStack(context);
  const retained = await findRetained(context, stack);
  context.log.error(
    retained.length > 0
      ? await adoption(context, stack, retained)
      : 'A resource of an earlier deployment still exists: see docs/deploy.md, section "Adopt what an earlier stack left".',
  );
}

/** @returns the secrets, queues and tables of the template that exist, but not in the stack */
async function findRetained(context, stack) {
  const template = context.serverless.service.provider.compiledCloudFormationTemplate;
  const questions = Object.entries(kinds).map(async ([type, kind]) => {
    const wanted = Object.entries(template.Resources).filter(
      ([logicalId, resource]) => resource.Type === type && !stack.resources.has(logicalId),
    );
    const names = wanted.map(([logicalId, { Properties }]) => ({
      type,
      kind,
      logicalId,
      name: Properties[kind.nameProperty],
      properties: Object.fromEntries(
        [kind.nameProperty, ...(kind.keptProperties ?? [])].map((property) => [
          property,
          Properties[property],
        ]),
      ),
    }));
    return existing(context, kind, names);
  });
  return (await Promise.all(questions)).flat();
}

async function existing({ provider, log }, kind, wanted) {
  if (wanted.length === 0) return [];
  const ask = await questionsTo(kind.client, provider);
  const answers = await Promise.allSettled(wanted.map(({ name }) => ask(kind.question(name))));
  const unanswered = answers.find(
    ({ status, reason }) => status === 'rejected' && !kind.missing.includes(reason.name),
  );
  if (unanswered) {
    log.warning(
      `${kind.service} does not say whether a ${kind.kind} of an earlier stack still exists (${unanswered.reason.name}): the deployment continues.`,
    );
  }
  return wanted.flatMap((resource, index) => {
    const { status, value } = answers[index];
    return status === 'fulfilled' ? [{ ...resource, ...kind.identify(value) }] : [];
  });
}
