/** The one file that talks to Secrets Manager: reads and writes secret texts, in bounded time. */
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
} from '@aws-sdk/client-secrets-manager';

export interface SecretsClient {
  /** @returns the current text; undefined when the secret has no value yet. Throws when it cannot be read. */
  read(name: string): Promise<string | undefined>;
}

export interface SecretVersion {
  readonly text: string | undefined;
  /** Id of the current version; undefined when the secret has no value yet. */
  readonly version: string | undefined;
}

/** The access that `updateSecret` and `replaceSecret` need to write; nothing else writes secrets. */
export interface SecretWriter {
  readVersion(name: string): Promise<SecretVersion>;
  /** The id of the current version, without the right to read its value. Throws when there is no such secret. */
  currentVersion(name: string): Promise<string | undefined>;
  /**
   * Makes `value` the current version, once per `version` across all processes: Secrets Manager refuses a
   * second value under the same version id (`ClientRequestToken`), and accepts a repetition of the same value.
   * The previous version stays as AWSPREVIOUS.
   * @param version 32 to 64 characters; @returns false when another value was first
   */
  claim(name: string, value: string, version: string): Promise<boolean>;
}

/** A function must answer within seconds; the command line may wait longer. */
const functionTimeoutMs = 1_000;

/** Where Secrets Manager is. What it leaves out comes from the AWS settings of the environment. */
export type SecretsAddress = Pick<SecretsManagerClientConfig, 'endpoint' | 'region' | 'credentials'>;

/** @param requestTimeoutMs for one request; there are two at most */
export function createSecretsClient(
  requestTimeoutMs = functionTimeoutMs,
  address: SecretsAddress = {},
): SecretsClient & SecretWriter {
  const requestHandler = {
    connectionTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
  };
  const client = new SecretsManagerClient({ ...address, maxAttempts: 2, requestHandler });
  const readVersion = async (name: string): Promise<SecretVersion> => {
    try {
      const { SecretString: text, VersionId: version } = await client.send(
        new GetSecretValueCommand({ SecretId: name }),
      );
      return { text, version };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return { text: undefined, version: undefined };
      throw error;
    }
  };
  return {
    readVersion,
    read: async (name) => (await readVersion(name)).text,
    async currentVersion(name) {
      const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: name }));
      return Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes('AWSCURRENT'))?.[0];
    },
    async claim(name, value, version) {
      const input = { SecretId: name, SecretString: value, ClientRequestToken: version };
      try {
        await client.send(new PutSecretValueCommand(input));
        return true;
      } catch (error) {
        if (error instanceof ResourceExistsException) return false;
        throw error;
      }
    },
  };
}
