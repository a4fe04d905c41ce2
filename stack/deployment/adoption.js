/**
 * The commands that bring retained secrets, queues and tables back into the stack, with their contents: an IMPORT change set,
 * whose template may add only the imported resources, each with a DeletionPolicy (AWS, "Import AWS resources into a
 * CloudFormation stack").
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';

const folder = '.serverless/adopt';
const changeSet = 'adopt';
/** CloudFormation accepts a longer template only from S3. */
const longestTemplateBody = 51_200;

/**
 * Writes the template and the list of resources into `.serverless/adopt/`.
 * @returns the text for the operator: the resources, and the commands that adopt or delete them
 */
export async function adoption(context, stack, retained) {
  const { serverless, settings } = context;
  const template = JSON.stringify(await importTemplate(stack, retained));
  mkdirSync(join(serverless.serviceDir, folder), { recursive: true });
  writeFileSync(join(serverless.serviceDir, folder, 'template.json'), template);
  writeFileSync(
    join(serverless.serviceDir, folder, 'resources.json'),
    JSON.stringify(retained.map(importedResource), null, 2),
  );
  return [
    `The stack ${stack.name} cannot create resources that still exist from an earlier deployment:`,
    ...retained.map(({ kind, name }) => `  - the ${kind.kind} ${name}`),
    'Adopt them, with their contents:',
    ...adopting(settings, stack, retained, template),
    `npx osls deploy --stage ${settings.stage}`,
    'Or delete them for good, with their tokens, keys and messages, wait a minute, and deploy again:',
    ...retained.map((resource) => deleting(settings, resource)),
  ].join('\n');
}

/** The imported resources have only names, and a table its keys: the next deployment sets all other properties as a change. */
async function importTemplate({ client, name, status }, retained) {
  const current = status === undefined ? {} : await currentTemplate(client, name);
  const imported = retained.map(({ logicalId, type, properties }) => [
    logicalId,
    {
      Type: type,
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: properties,
    },
  ]);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    ...current,
    Resources: { ...current.Resources, ...Object.fromEntries(imported) },
  };
}

async function currentTemplate(client, name) {
  const { TemplateBody } = await client.send(
    new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }),
  );
  return JSON.parse(TemplateBody);
}

const importedResource = ({ type, logicalId, identifier }) => ({
  ResourceType: type,
  LogicalResourceId: logicalId,
  ResourceIdentifier: identifier,
});

function adopting({ region, stage }, stack, retained, template) {
  const of = `--region ${region} --stack-name ${stack.name}`;
  const bucket = stack.resources.get('ServerlessDeploymentBucket');
  const key = `serverless/tiktok-events/${stage}/adopt/template.json`;
  const file = `${folder}/template.json`;
  const isLong = Buffer.byteLength(template) > longestTemplateBody;
  const restored = retained.filter(({ isScheduledForDeletion }) => isScheduledForDeletion);
  return [
    ...restored.map(({ name }) => `aws secretsmanager restore-secret --region ${region} --secret-id ${name}`),
    ...(isLong ? [`aws s3 cp --region ${region} ${file} s3://${bucket}/${key}`] : []),
    `aws cloudformation create-change-set ${of} --change-set-name ${changeSet} --change-set-type IMPORT --capabilities CAPABILITY_NAMED_IAM --resources-to-import file://${folder}/resources.json ${isLong ? `--template-url https://${bucket}.s3.${region}.amazonaws.com/${key}` : `--template-body file://${file}`}`,
    `aws cloudformation wait change-set-create-complete ${of} --change-set-name ${changeSet}`,
    `aws cloudformation execute-change-set ${of} --change-set-name ${changeSet}`,
    `aws cloudformation wait stack-import-complete ${of}`,
  ];
}

const deleting = ({ region }, { kind, name, identifier }) =>
  ({
    secret: `aws secretsmanager delete-secret --region ${region} --secret-id ${name} --force-delete-without-recovery`,
    queue: `aws sqs delete-queue --region ${region} --queue-url ${identifier.QueueUrl}`,
    table: `aws dynamodb delete-table --region ${region} --table-name ${name}`,
  })[kind.kind];
