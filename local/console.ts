/** Mounts the console on the port of the gateway. Nothing of it is loaded before somebody opens it: it costs start-up time. */
import type { LocalGateway } from '../console/gateway/local-source.ts';
import type { Listener } from './http-port.ts';

/** @param gateway is asked at the first request to the console */
export function mountConsole(gateway: () => LocalGateway): Listener {
  let loaded: Promise<Listener> | undefined;
  const load = (): Promise<Listener> => {
    loaded ??= loadConsole(gateway()).catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
  return async (request, response) => (await load())(request, response);
}

async function loadConsole(gateway: LocalGateway): Promise<Listener> {
  const [{ createConsole }, { createLocalSource }, { buildPage }] = await Promise.all([
    import('../console/server/console.ts'),
    import('../console/gateway/local-source.ts'),
    import('../console/page/build.ts'),
  ]);
  return createConsole({ source: createLocalSource(gateway), buildPage, onError: gateway.onError });
}
