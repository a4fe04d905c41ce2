/** The lines with the local secrets of a run. They protect nothing but this machine, so they can be shown. */
import type { AddedSecrets } from './secret-keeper.ts';

/** @param url base URL of the HTTP API */
export function describeSecrets({ sources, destinations }: AddedSecrets, url: string): string[] {
  return [
    ...sources.map(({ source, secret, apiToken }) => {
      const secrets = [secret && `secret ${secret}`, apiToken && `API token ${apiToken}`];
      return `  source ${source}: ${url}/v1/webhooks/${source}, ${secrets.filter(Boolean).join(', ')}`;
    }),
    ...destinations.map(
      ({ destination, accessToken }) => `  destination ${destination}: access token ${accessToken}`,
    ),
  ];
}
