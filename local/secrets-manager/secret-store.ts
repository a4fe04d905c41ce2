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

/** An error in the words of Secrets Manager: `code` is what the SDK calls `error.name`. */
export class SecretsError extends Error {
  override name = 'SecretsError';
  code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const notFound = "Secrets Manager can't find the specified secret.";
const isDeleted = "You can't perform this operation on the secret because it was marked for deletion.";

export type SecretStore = ReturnType<typeof createSecretStore>;

export function createSecretStore(region: string) {
  const secrets = new Map<string, Secret>();

  /** By name, ARN, or ARN without its random end; deleted secrets only where the caller can use them. */
  function find(id: string, withDeleted = false): Secret {
    const secret = [...secrets.values()].find(
      ({ name, arn }) => id === name || id === arn || id === arn.slice(0, -'-abcdef'.length),
    );
    if (!secret) throw new SecretsError('ResourceNotFoundException', notFound);
    if (secret.deletedAt && !withDeleted) throw new SecretsError('InvalidRequestException', isDeleted);
    return secret;
  }

  function create(name: string, description?: string): Secret {
    if (secrets.get(name)?.deletedAt) {
      const message =
        "You can't create this secret because a secret with this name is already scheduled for deletion.";
      throw new SecretsError('InvalidRequestException', message);
    }
    if (secrets.has(name)) {
      const message = `The operation failed because the secret ${name} already exists.`;
      throw new SecretsError('ResourceExistsException', message);
    }
    const suffix = randomBytes(3).toString('hex');
    const arn = `arn:aws:secretsmanager:${region}:000000000000:secret:${name}-${suffix}`;
    const now = new Date();
    const secret: Secret = { name, arn, createdAt: now, changedAt: now, versions: new Map() };
    if (description !== undefined) secret.description = description;
    secrets.set(name, secret);
    return secret;
  }

  /** The same token with the same value is the same version; with another value it is refused. */
  function put(secret: Secret, text: string, token?: string, stages = ['AWSCURRENT']): SecretVersion {
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

  function read(secret: Secret, versionId?: string, stage?: string): SecretVersion {
    const isWanted = (version: SecretVersion) =>
      (versionId === undefined || version.id === versionId) &&
      (stage === undefined
        ? versionId !== undefined || version.stages.has('AWSCURRENT')
        : version.stages.has(stage));
    const version = [...secret.versions.values()].find(isWanted);
    if (version) return version;
    const label = versionId ? `VersionId: ${versionId}` : `staging label: ${stage ?? 'AWSCURRENT'}`;
    const message = `Secrets Manager can't find the specified secret value for ${label}`;
    throw new SecretsError('ResourceNotFoundException', message);
  }

  return {
    find,
    create,
    put,
    read,
    list: () => [...secrets.values()],
    remove: (secret: Secret) => secrets.delete(secret.name),
  };
}

/** AWSPREVIOUS goes to the version that loses AWSCURRENT, as Secrets Manager does by itself. */
function moveStages(secret: Secret, version: SecretVersion, stages: readonly string[]): void {
  const previous = currentVersion(secret);
  for (const other of secret.versions.values()) for (const stage of stages) other.stages.delete(stage);
  if (stages.includes('AWSCURRENT') && previous && previous !== version) {
    for (const other of secret.versions.values()) other.stages.delete('AWSPREVIOUS');
    previous.stages.add('AWSPREVIOUS');
  }
  for (const stage of stages) version.stages.add(stage);
}

function currentVersion(secret: Secret): SecretVersion | undefined {
  return [...secret.versions.values()].find(({ stages }) => stages.has('AWSCURRENT'));
}
