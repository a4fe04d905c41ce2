/** The two routes that connect an ad account: /v1/oauth/start and /v1/oauth/callback. */
import type { ApiAnswer, ApiEvent } from '../http/api-answer.ts';
import { clearedCookie } from './browser-state.ts';
import { finishConnection } from './finish-connection.ts';
import { createLinkReader } from './link-reader.ts';
import type { OauthContext } from './oauth-context.ts';
import { connectedPage } from './pages.ts';
import { callbackPath, startConnection } from './start-connection.ts';

/** @returns the handler of both routes; it throws RefusedError when an account cannot be connected */
export function createAccountConnector(context: OauthContext): (event: ApiEvent) => Promise<ApiAnswer> {
  const links = createLinkReader(context);
  return async (event) => {
    if (!event.rawPath.endsWith(callbackPath)) {
      return { response: await startConnection(event, context, links), log: { reason: 'started' } };
    }
    const connection = await finishConnection(event, context, links);
    const { destination, advertisers } = connection;
    return {
      response: { ...connectedPage(connection), cookies: [clearedCookie] },
      log: { reason: 'connected', destination, advertisers: advertisers.length },
    };
  };
}
