/** The operations of Secrets Manager that a gateway and its operator use, in the shapes of AWS JSON 1.1. */
import {
  putVersion,
  readVersion,
  type Secret,
  type SecretStore,
  SecretsError,
  type SecretVersion,
} from './secret-store.ts';

export type Input = Readonly<Record<string, unknown>>;
export type Operation = (input: Input, store: SecretStore) => object;

/** Secrets Manager's limit for one value, in bytes. */
const maxSecretBytes = 65_536;
const dayMs = 24 * 3600 * 1000;

export const operations: Readonly<Record<string, Operation>> = {
  CreateSecret: createSecret,
  DeleteSecret: deleteSecret,
  DescribeSecret: (input, store) => describe(wanted(input, store, true)),
  GetSecretValue: getSecretValue,
  ListSecrets: listSecrets,
  PutSecretValue: putSecretValue,
  RestoreSecret: restoreSecret,
  UpdateSecret: updateSecret,
};

const seconds = (date: Date) => date.getTime() / 1000;

function text(input: Input, field: string): string | undefined {
  const value = input[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw new SecretsError('InvalidParameterException', `${field} must be a non-empty string.`);
}

function requiredText(input: Input, field: string): string {
  const value = text(input, field);
  if (value !== undefined) return value;
  throw new SecretsError('InvalidParameterException', `${field} is required.`);
}

function secretText(input: Input): string | undefined {
  const value = text(input, 'SecretString');
  if (value !== undefined && Buffer.byteLength(value) > maxSecretBytes) {
    throw new SecretsError(
      'InvalidParameterException',
      `SecretString is longer than ${maxSecretBytes} bytes.`,
    );
  }
  return value;
}

const wanted = (input: Input, store: SecretStore, withDeleted = false) =>
  store.find(requiredText(input, 'SecretId'), withDeleted);

const identity = ({ name, arn }: Secret) => ({ ARN: arn, Name: name });

function describe(secret: Secret) {
  const versions = [...secret.versions.values()].filter(({ stages }) => stages.size > 0);
  return {
    ...identity(secret),
    Description: secret.description,
    CreatedDate: seconds(secret.createdAt),
    LastChangedDate: seconds(secret.changedAt),
    DeletedDate: secret.deletedAt && seconds(secret.deletedAt),
    VersionIdsToStages: Object.fromEntries(versions.map(({ id, stages }) => [id, [...stages]])),
  };
}

function stored(secret: Secret, version: SecretVersion | undefined) {
  return { ...identity(secret), VersionId: version?.id, VersionStages: version && [...version.stages] };
}

function createSecret(input: Input, store: SecretStore) {
  const value = secretText(input);
  const secret = store.create(requiredText(input, 'Name'), text(input, 'Description'));
  const version =
    value === undefined ? undefined : putVersion(secret, value, text(input, 'ClientRequestToken'));
  return { ...identity(secret), VersionId: version?.id };
}

function getSecretValue(input: Input, store: SecretStore) {
  const secret = wanted(input, store);
  const version = readVersion(secret, text(input, 'VersionId'), text(input, 'VersionStage'));
  const { text: SecretString, createdAt } = version;
  return { ...stored(secret, version), SecretString, CreatedDate: seconds(createdAt) };
}

function putSecretValue(input: Input, store: SecretStore) {
  const secret = wanted(input, store);
  const value = secretText(input);
  if (value === undefined) throw new SecretsError('InvalidParameterException', 'SecretString is required.');
  const stages = Array.isArray(input.VersionStages) ? input.VersionStages.map(String) : undefined;
  return stored(secret, putVersion(secret, value, text(input, 'ClientRequestToken'), stages));
}

function updateSecret(input: Input, store: SecretStore) {
  const secret = wanted(input, store);
  const description = text(input, 'Description');
  if (description !== undefined) secret.description = description;
  const value = secretText(input);
  const version =
    value === undefined ? undefined : putVersion(secret, value, text(input, 'ClientRequestToken'));
  return { ...identity(secret), VersionId: version?.id };
}

/** Knows only the `name` filter, by prefix, without its `!` form. */
function listSecrets(input: Input, store: SecretStore) {
  const filters = Array.isArray(input.Filters)
    ? (input.Filters as { Key?: string; Values?: string[] }[])
    : [];
  const matches = (secret: Secret) =>
    filters.every(({ Key, Values = [] }) => Key === 'name' && Values.some((v) => secret.name.startsWith(v)));
  const secrets = store.list().filter((secret) => !secret.deletedAt || input.IncludePlannedDeletion === true);
  const found = secrets.filter(matches);
  const start = Number(text(input, 'NextToken') ?? 0);
  const end = start + Number(input.MaxResults ?? 100);
  return {
    SecretList: found.slice(start, end).map((secret) => {
      const { VersionIdsToStages: SecretVersionsToStages, ...rest } = describe(secret);
      return { ...rest, SecretVersionsToStages };
    }),
    NextToken: end < found.length ? String(end) : undefined,
  };
}

function deleteSecret(input: Input, store: SecretStore) {
  const secret = wanted(input, store, true);
  const isForced = input.ForceDeleteWithoutRecovery === true;
  const days = isForced ? 0 : Number(input.RecoveryWindowInDays ?? 30);
  secret.deletedAt = new Date();
  if (isForced) store.remove(secret);
  return { ...identity(secret), DeletionDate: seconds(secret.deletedAt) + (days * dayMs) / 1000 };
}

function restoreSecret(input: Input, store: SecretStore) {
  const secret = wanted(input, store, true);
  delete secret.deletedAt;
  return identity(secret);
}
