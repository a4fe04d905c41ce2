/** The one file that talks to Secrets Manager: reads and writes secret texts, in bounded time. */
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

export interface SecretsClient {
  /** @returns the current text; undefined when the secret has no value yet. Throws when it cannot be read. */
  read(name: string): Promise<string | undefined>;
  /** Makes `value` the current version; the one before stays as AWSPREVIOUS. */
  write(name: string, value: string): Promise<void>;
}

export interface SecretClaims {
  /**
   * Writes like `write`, but once per `version`, and that across all processes: Secrets Manager refuses a second
   * value under the same version id, and takes a repetition of the same value as done.
   * @param version 32 to 64 characters; @returns false when another value was first
   */
  claim(name: string, value: string, version: string): Promise<boolean>;
}

/** A function must answer within seconds; the command line may wait longer. */
const functionTimeoutMs = 1_000;

/** @param requestTimeoutMs for one request; there are two at most */
export function createSecretsClient(requestTimeoutMs = functionTimeoutMs): SecretsClient & SecretClaims {
  const requestHandler = {
    connectionTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
  };
  const client = new SecretsManagerClient({ maxAttempts: 2, requestHandler });
  return {
    async read(name) {
      try {
        return (await client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    async write(name, value) {
      await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
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
