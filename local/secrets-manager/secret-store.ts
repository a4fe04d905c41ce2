/** The secrets of Secrets Manager, in memory: names, ARNs, and versions with their stages. Knows no protocol. */
import { randomBytes, randomUUID } from 'node:crypto';

export interface SecretVersion {
  readonly id: string;
  readonly text: string;
  readonly stages: Set<string>;
  readonly createdAt: Date;
}

export interface Secret {
  readonly name: string;
  readonly arn: string;
  description?: string;
  readonly createdAt: Date;
  changedAt: Date;
  deletedAt?: Date;
  readonly versions: Map<string, SecretVersion>;
}

/** An error of Secrets Manager: `code` is what the SDK calls `error.name`. */
export class SecretsError extends Error {
  override name = 'SecretsError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface SecretStore {
  /**
   * Finds a secret by its name, its ARN, or its ARN without the random suffix.
   * @throws SecretsError when it is missing, or is deleted and `withDeleted` is false
   */
  find(id: string, withDeleted?: boolean): Secret;
  /** @throws SecretsError when the name is taken */
  create(name: string, description?: string): Secret;
  list(): readonly Secret[];
  remove(secret: Secret): void;
}

const notFound = "Secrets Manager can't find the specified secret.";
const isDeleted = "You can't perform this operation on the secret because it was marked for deletion.";
const isScheduled =
  "You can't create this secret because a secret with this name is already scheduled for deletion.";

export function createSecretStore(region: string): SecretStore {
  const secrets = new Map<string, Secret>();
  return {
    find: (id, withDeleted = false) => {
      const secret = [...secrets.values()].find((known) => isCalled(known, id));
      if (!secret) throw new SecretsError('ResourceNotFoundException', notFound);
      if (secret.deletedAt && !withDeleted) throw new SecretsError('InvalidRequestException', isDeleted);
      return secret;
    },
    create: (name, description) => {
      const known = secrets.get(name);
      if (known?.deletedAt) throw new SecretsError('InvalidRequestException', isScheduled);
      if (known) {
        const message = `The operation failed because the secret ${name} already exists.`;
        throw new SecretsError('ResourceExistsException', message);
      }
      const secret = newSecret(name, region);
      if (description !== undefined) secret.description = description;
      secrets.set(name, secret);
      return secret;
    },
    list: () => [...secrets.values()],
    remove: ({ name }) => void secrets.delete(name),
  };
}

/**
 * Stores a value as a version of the secret. A token that is used again with the same value names the same version.
 * @throws SecretsError when the token already names another value
 */
export function putVersion(
  secret: Secret,
  text: string,
  token?: string,
  stages: readonly string[] = ['AWSCURRENT'],
): SecretVersion {
  const id = token ?? randomUUID();
  const known = secret.versions.get(id);
  if (known && known.text !== text) {
    throw new SecretsError('ResourceExistsException', 'A version with this token has another value.');
  }
  const version = known ?? { id, text, stages: new Set<string>(), createdAt: new Date() };
  secret.versions.set(id, version);
  if (!known) moveStages(secret, version, stages);
  secret.changedAt = new Date();
  return version;
}

/**
 * Reads the version with this id, this stage, or both; without either, the current one.
 * @throws SecretsError when there is no such version
 */
export function readVersion(secret: Secret, versionId?: string, stage?: string): SecretVersion {
  const wantedStage = stage ?? (versionId === undefined ? 'AWSCURRENT' : undefined);
  const version = [...secret.versions.values()].find(
    ({ id, stages }) =>
      (versionId === undefined || id === versionId) && (wantedStage === undefined || stages.has(wantedStage)),
  );
  if (version) return version;
  const label = versionId ? `VersionId: ${versionId}` : `staging label: ${wantedStage}`;
  const message = `Secrets Manager can't find the specified secret value for ${label}`;
  throw new SecretsError('ResourceNotFoundException', message);
}

const isCalled = ({ name, arn }: Secret, id: string): boolean =>
  id === name || id === arn || id === arn.slice(0, -'-abcdef'.length);

function newSecret(name: string, region: string): Secret {
  const suffix = randomBytes(3).toString('hex');
  const arn = `arn:aws:secretsmanager:${region}:000000000000:secret:${name}-${suffix}`;
  const now = new Date();
  return { name, arn, createdAt: now, changedAt: now, versions: new Map() };
}

/** The version that loses AWSCURRENT gets AWSPREVIOUS, as in Secrets Manager. */
function moveStages(secret: Secret, version: SecretVersion, stages: readonly string[]): void {
  const versions = [...secret.versions.values()];
  const previous = versions.find((other) => other.stages.has('AWSCURRENT'));
  for (const other of versions) for (const stage of stages) other.stages.delete(stage);
  if (stages.includes('AWSCURRENT') && previous && previous !== version) {
    for (const other of versions) other.stages.delete('AWSPREVIOUS');
    previous.stages.add('AWSPREVIOUS');
  }
  for (const stage of stages) version.stages.add(stage);
}
