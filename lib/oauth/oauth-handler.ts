/** The two addresses of connecting. Whatever happens, the browser gets a page and the log one line without a code. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type ApiAnswer, createApiHandler } from '../http/api-handler.ts';
import { errorName } from '../privacy/error-name.ts';
import { MalformedSecretError } from '../secrets/secret-values.ts';
import { countAwsErrors } from '../telemetry/aws-errors.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { clearedCookie } from './browser-state.ts';
import { callbackPath } from './callback-url.ts';
import { finishConnection } from './finish-connection.ts';
import { createLinkReader, type LinkReader } from './link-reader.ts';
import type { OauthPorts } from './oauth-ports.ts';
import { connectedPage, refusalPage } from './pages.ts';
import { RefusedError } from './refusal.ts';
import { startConnection } from './start-connection.ts';

export function createOauthHandler(telemetry: Telemetry, ports: OauthPorts) {
  const links = createLinkReader(ports);
  return createApiHandler('connect', telemetry, async (event) => {
    try {
      return await answer(event, ports, links);
    } catch (error) {
      if (error instanceof RefusedError && error.log.operation !== undefined)
        countAwsErrors(telemetry, error.log.operation);
      return refuse(error);
    }
  });
}

async function answer(
  event: APIGatewayProxyEventV2,
  ports: OauthPorts,
  links: LinkReader,
): Promise<ApiAnswer> {
  if (!event.rawPath.endsWith(callbackPath)) {
    return { response: await startConnection(event, ports, links), log: { reason: 'started' } };
  }
  const connection = await finishConnection(event, ports, links);
  const { destination, advertisers } = connection;
  return {
    response: { ...connectedPage(connection), cookies: [clearedCookie] },
    log: { reason: 'connected', destination, advertisers: advertisers.length },
  };
}

/** A malformed secret is named with its field, never its value; of other faults only the class is told. */
function refuse(error: unknown): ApiAnswer {
  if (error instanceof RefusedError) {
    const { refusal, log } = error;
    return { response: refusalPage(refusal), log: { reason: refusal, ...log } };
  }
  const detail = error instanceof MalformedSecretError ? error.message : undefined;
  const log = { reason: 'internal_error', error: errorName(error), detail };
  return { response: refusalPage('internal_error'), log };
}
