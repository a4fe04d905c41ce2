/** Creates an empty secret for each value that the gateway must keep. The stack sets no value and deletes no secret. */
import { secretsPrefix } from '../lib/config/names.ts';
import type { StageSettings } from '../lib/config/stage.ts';
import {
  connectSecretName,
  destinationSecretName,
  ingestSecretName,
  oauthAppSecretName,
} from '../lib/secrets/names.ts';
import { logicalName, type Resource, type Resources, retained } from './cloudformation.ts';

export const secretIds = {
  oauthApp: 'SecretOauthApp',
  ingest: 'SecretIngest',
  connect: 'SecretConnect',
  destination: (name: string) => `SecretDestination${logicalName(name)}`,
} as const;

export function secrets(stage: StageSettings, stageName: string): Resources {
  const prefix = secretsPrefix(stageName);
  const secret = (name: string, description: string): Resource => ({
    Type: 'AWS::SecretsManager::Secret',
    // In every stage: without it CloudFormation deletes a secret at once and for good (ForceDeleteWithoutRecovery).
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
    ...retained,
    Properties: {
      Name: name,
      Description: description,
      ...encryption(stage),
    },
  });
  const destinations = Object.keys(stage.destinations).map((name) => [
    secretIds.destination(name),
    secret(destinationSecretName(prefix, name), `TikTok access token of the destination ${name}`),
  ]);
  return {
    [secretIds.oauthApp]: secret(oauthAppSecretName(prefix), 'Id and secret of the TikTok developer app'),
    [secretIds.ingest]: secret(ingestSecretName(prefix), 'API keys and webhook secrets'),
    [secretIds.connect]: secret(connectSecretName(prefix), 'Digest of the one open connect link'),
    ...Object.fromEntries(destinations),
  };
}

/** A secret keeps its KMS key until it gets another one, so after a removal the template names the default key. */
function encryption({ kmsKeyArn, previousKmsKeyArns = [] }: StageSettings) {
  const successor = previousKmsKeyArns.length > 0 ? 'alias/aws/secretsmanager' : undefined;
  const KmsKeyId = kmsKeyArn ?? successor;
  return KmsKeyId === undefined ? {} : { KmsKeyId };
}
