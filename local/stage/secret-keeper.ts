/** Stores the local values of missing secrets. It never overwrites a value, not even one that a command writes at the same time. */
import {
  connectSecretName,
  destinationSecretName,
  ingestSecretName,
  oauthAppSecretName,
} from '../../lib/secrets/names.ts';
import { createSecretsClient } from '../../lib/secrets/secrets-manager.ts';
import { updateSecret } from '../../lib/secrets/update-secret.ts';
import type { SecretsManagerServer } from '../secrets-manager/secrets-manager.ts';
import { credentials, oauthApp, region, secretsPrefix } from '../stage.ts';
import { fillIngest, localAccessToken, localTokenSecret, type SourceSecrets } from './local-secrets.ts';
import type { LocalStage } from './local-stage.ts';

/** The secrets that got local values. */
export interface AddedSecrets {
  readonly sources: readonly SourceSecrets[];
  readonly destinations: readonly { readonly destination: string; readonly accessToken: string }[];
}

export interface SecretKeeper {
  /** Creates the secrets of the stage; those of an earlier stage stay. */
  fill(stage: LocalStage): Promise<AddedSecrets>;
}

/** @returns whether the edit made a new text, which is then the value of the secret */
type Write = (name: string, edit: (text: string | undefined) => string | undefined) => Promise<boolean>;

const requestTimeoutMs = 5_000;

export function createSecretKeeper(server: SecretsManagerServer, apiKey: string): SecretKeeper {
  const endpoint = { endpoint: server.url, region, credentials };
  const client = createSecretsClient(requestTimeoutMs, endpoint);
  const write: Write = (name, edit) => updateSecret(client, name, edit);
  let isFirst = true;
  return {
    fill: async (stage) => {
      // Nobody knows the server yet at the start, so there is no other writer to watch for.
      const added = await fillSecrets(server, isFirst ? directly(server) : write, stage, apiKey);
      isFirst = false;
      return added;
    },
  };
}

const directly =
  (server: SecretsManagerServer): Write =>
  async (name, edit) => {
    const text = edit(server.get(name));
    if (text !== undefined) server.set(name, text);
    return text !== undefined;
  };

async function fillSecrets(
  server: SecretsManagerServer,
  write: Write,
  stage: LocalStage,
  apiKey: string,
): Promise<AddedSecrets> {
  const fillEmpty = (name: string, text: string) => {
    createEmpty(server, name);
    return write(name, (current) => (current === undefined ? text : undefined));
  };
  createEmpty(server, connectSecretName(secretsPrefix));
  await fillEmpty(oauthAppSecretName(secretsPrefix), JSON.stringify(oauthApp));
  const destinations: AddedSecrets['destinations'][number][] = [];
  for (const destination of Object.keys(stage.destinations)) {
    const name = destinationSecretName(secretsPrefix, destination);
    if (await fillEmpty(name, localTokenSecret(destination, new Date())))
      destinations.push({ destination, accessToken: localAccessToken(destination) });
  }
  const ingest = ingestSecretName(secretsPrefix);
  createEmpty(server, ingest);
  let sources: readonly SourceSecrets[] = [];
  await write(ingest, (current) => {
    const { text, added } = fillIngest(current, stage, apiKey);
    sources = added;
    return text;
  });
  return { sources, destinations };
}

function createEmpty(server: SecretsManagerServer, name: string): void {
  if (server.get(name) === undefined) server.set(name);
}
