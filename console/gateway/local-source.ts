/** The console's view of the gateway on this machine: its memory of log lines and events, and its API. */
import { type LocalSettings, localSettings } from '../../cli/stage/local-settings.ts';
import { ingestSecretName } from '../../lib/secrets/names.ts';
import { decodeIngest } from '../../lib/secrets/secret-values.ts';
import type { SourceSettings } from '../../lib/webhooks/source-settings.ts';
import type { JournalState } from '../../local/journal/routes.ts';
import type { CopyMemory } from '../../local/shop/copies.ts';
import { localSecret } from '../../local/stage/local-secrets.ts';
import { secretsPrefix } from '../../local/stage.ts';
import type { ConsoleSource, Identity, LocalExtras } from '../server/source.ts';
import { changesOf } from './changes.ts';
import { copiesOf } from './copies-of.ts';
import { curlOf, eventOf, eventRequest } from './event-request.ts';
import { gatewayLetters, type LocalQueues } from './gateway-letters.ts';
import { gatewaySyncs, type SyncInfo } from './gateway-syncs.ts';
import { createMemoryReader, type KnownMessage, type MemoryReader } from './memory-reader.ts';
import { listSamples, makeSample } from './samples.ts';
import { sendRequest } from './send-request.ts';

/** What the console may use of the gateway. */
export interface LocalGateway extends LocalQueues {
  readonly apiKey: string;
  readonly sendsTo: ConsoleSource['sendsTo'];
  readonly memory: JournalState;
  readonly copies: CopyMemory;
  /** Unix milliseconds. */
  readonly startedAtMs: number;
  /** The description of the running stage, as `GET /_sandbox/info` gives it. */
  readonly info: () => SyncInfo & { readonly stage?: unknown };
  /** The text of a secret of the stage. */
  readonly secret: (name: string) => string | undefined;
  /** Called with each error of the console that is not the fault of a request. */
  readonly onError: (error: unknown) => void;
}

export function createLocalSource(gateway: LocalGateway): ConsoleSource {
  const reader = createMemoryReader(gateway.memory);
  const { sendsTo } = gateway;
  return {
    get stage() {
      return String(gateway.info().stage ?? 'local');
    },
    isLocal: true,
    sendsTo,
    sinceMs: gateway.startedAtMs,
    newLines: reader.newLines,
    linesWith: async (fingerprints) => reader.linesWith(fingerprints),
    letters: gatewayLetters(gateway),
    settings: () => localSettings(gateway.info()),
    problems: () => [],
    syncs: gatewaySyncs(gateway.info),
    local: createExtras(gateway, reader),
  };
}

/** As many as the gateway remembers. */
const maxIdentities = 10_000;

function createExtras(gateway: LocalGateway, reader: MemoryReader): LocalExtras {
  const settings = (): LocalSettings => localSettings(gateway.info());
  const identities = new Map<string, Identity>();
  const again = ({ event, destination }: KnownMessage) =>
    eventRequest(gateway, eventOf({ event, destination }, settings().consent === 'require'));

  return {
    identity: (event) => {
      const identity = identities.get(event) ?? identityOf(reader.message(event));
      if (identity === undefined) return undefined;
      identities.set(event, identity);
      if (identities.size > maxIdentities) identities.delete(identities.keys().next().value ?? '');
      return identity;
    },
    details: (event) => {
      const message = reader.message(event);
      if (message === undefined) return { changes: [] };
      const { country } = settings().destinations[message.destination ?? 'default'] ?? {};
      const changes = changesOf({ ...message.event }, { user: reader.sentUser(event), country });
      return { changes, curl: curlOf(again(message)) };
    },
    copies: (row) => copiesOf(row, gateway.copies.pixelCopies(row.event)),
    samples: () => listSamples(settings()),
    sendSample: async (id) => {
      const { url, apiKey } = gateway;
      const secretOf = (source: string, own: SourceSettings) => secretIn(gateway, source, own);
      const context = { url, apiKey, settings: settings(), secretOf, nowMs: Date.now() };
      const sample = makeSample(id, context);
      return sample && sendRequest(sample);
    },
    resend: async (event) => {
      const message = reader.message(event);
      return message && sendRequest({ ...again(message), documents: [] });
    },
  };
}

const identityOf = (message: KnownMessage | undefined): Identity | undefined =>
  message?.event.event_id === undefined
    ? undefined
    : { eventId: String(message.event.event_id), name: message.event.event_name };

/** The newest secret that the source has, so that one that an operator stored works, too. */
function secretIn({ secret }: LocalGateway, source: string, settings: SourceSettings): string {
  const name = ingestSecretName(secretsPrefix);
  const stored = decodeIngest(name, secret(name)).webhooks[source]?.secrets.findLast((one) => one !== '');
  return stored ?? localSecret(source, { ...settings });
}
