/** The names of a stage's secrets. `secret-values.ts` says what each contains. */

/** @param secretsPrefix the setting SECRETS_PREFIX, such as `tiktok-events/prod` */
export const ingestSecretName = (secretsPrefix: string): string => `${secretsPrefix}/ingest`;
export const oauthAppSecretName = (secretsPrefix: string): string => `${secretsPrefix}/oauth-app`;
export const connectSecretName = (secretsPrefix: string): string => `${secretsPrefix}/connect`;

/** The access token of one destination. @param destination its name in the stage file */
export const destinationSecretName = (secretsPrefix: string, destination: string): string =>
  `${secretsPrefix}/destinations/${destination}`;
