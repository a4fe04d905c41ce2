/** A compiled template as the tests read it: resources by type, and references resolved as after a deployment. */

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

export const accountId = '111122223333';
export const region = 'eu-central-1';

export function ofType(template: Template, type: string): [id: string, resource: Resource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** @throws Error when the template has no such resource: a test on a missing thing must not pass */
export function properties(template: Template, id: string): Readonly<Record<string, unknown>> {
  const resource = template.Resources[id];
  if (!resource) throw new Error(`the template has no resource ${id}`);
  return resource.Properties;
}

/** Replaces Ref, GetAtt, Sub and Join by what AWS would put there. */
export function resolved(value: unknown, template: Template): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, template));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name !== undefined) {
    if (name === 'Ref') return reference(String(argument), template);
    if (name === 'Fn::GetAtt') return arn(String((argument as string[])[0]), template);
    if (name === 'Fn::Sub') return substituted(String(argument), template);
    if (name === 'Fn::Join') {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => resolved(part, template)).join(separator);
    }
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, resolved(item, template)]));
}

const pseudo: Readonly<Record<string, string>> = {
  'AWS::Region': region,
  'AWS::AccountId': accountId,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

function reference(id: string, template: Template): string {
  const known = pseudo[id];
  if (known) return known;
  const type = template.Resources[id]?.Type;
  if (type === 'AWS::SQS::Queue')
    return `https://sqs.${region}.amazonaws.com/${accountId}/${nameOf(id, template)}`;
  if (type === 'AWS::DynamoDB::Table') return nameOf(id, template);
  if (type === 'AWS::SecretsManager::Secret' || type === 'AWS::SNS::Topic') return arn(id, template);
  return id;
}

function arn(id: string, template: Template): string {
  const type = template.Resources[id]?.Type ?? '';
  const build: Readonly<Record<string, () => string>> = {
    'AWS::SQS::Queue': () => `arn:aws:sqs:${region}:${accountId}:${nameOf(id, template)}`,
    'AWS::SecretsManager::Secret': () =>
      `arn:aws:secretsmanager:${region}:${accountId}:secret:${nameOf(id, template)}-AbCdEf`,
    'AWS::SNS::Topic': () => `arn:aws:sns:${region}:${accountId}:${id}`,
    'AWS::DynamoDB::Table': () => `arn:aws:dynamodb:${region}:${accountId}:table/${nameOf(id, template)}`,
    'AWS::Events::Rule': () => `arn:aws:events:${region}:${accountId}:rule/${id}`,
  };
  return build[type]?.() ?? `arn:aws:other:${region}:${accountId}:${id}`;
}

function nameOf(id: string, template: Template): string {
  const { Name, QueueName, TableName } = properties(template, id);
  return String(Name ?? QueueName ?? TableName);
}

const substituted = (text: string, template: Template): string =>
  text
    .replaceAll(/\$\{([^!}]+)\}/g, (_all, inner: string) => {
      const [id = '', attribute] = inner.split('.');
      return attribute ? arn(id, template) : reference(id, template);
    })
    .replaceAll('${!', '${');
