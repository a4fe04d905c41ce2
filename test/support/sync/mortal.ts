/** Clients that die at a random call: before it, or after it with its answer lost. Nothing reaches the outside any more. */
import type { SyncContext } from '../../../lib/sync/context.ts';

class Killed extends Error {
  override readonly name = 'Killed';
}

type Clients = SyncContext['clients'];

/** @param callsUntilDeath counts calls of all clients; @param isAfter the fatal call still happens */
export function mortal(
  clients: Clients,
  callsUntilDeath: number,
  isAfter: boolean,
): Clients & { isDead(): boolean } {
  let calls = 0;
  const guarded = async (call: () => unknown): Promise<unknown> => {
    calls += 1;
    if (calls > callsUntilDeath || (calls === callsUntilDeath && !isAfter)) throw new Killed();
    const answer = await call();
    if (calls >= callsUntilDeath) throw new Killed();
    return answer;
  };
  const wrap = <T extends object>(client: T): T =>
    new Proxy(client, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => guarded(() => Reflect.apply(member, target, args));
      },
    });
  return {
    ...clients,
    athena: wrap(clients.athena),
    openTable: (sync) => wrap(clients.openTable(sync)),
    queue: wrap(clients.queue),
    files: wrap(clients.files),
    publisher: wrap(clients.publisher),
    invoker: wrap(clients.invoker),
    isDead: () => calls >= callsUntilDeath,
  };
}
