/** `npm start`: runs the gateway on this machine until SIGINT or SIGTERM. */
import { type Gateway, startGateway } from './gateway.ts';
import { prettifyOutput } from './log/pretty-output.ts';
import { PortTakenError } from './loopback-server.ts';
import { InvalidSettingError, readSettings, type Settings } from './settings.ts';

const example = '{"event_name":"Purchase","email":"jane@example.com","value":20,"currency":"USD"}';

/** A terminal and npm may both pass on the same Ctrl-C: two signals within this time count as one. */
const sameSignalMs = 1_000;

/** Quotes for a POSIX shell: a quote inside single quotes has to close and reopen them. */
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function readyLine(gateway: Gateway, { apiKey }: Settings): string {
  const headers = [`authorization: Bearer ${apiKey}`, 'content-type: application/json'];
  const options = [...headers.map((header) => `-H ${quote(header)}`), `-d ${quote(example)}`];
  return `Ready at ${gateway.url} (open it in a browser). Try: curl -sS ${gateway.url}/v1/events ${options.join(' ')}`;
}

function explain(error: unknown, settings: Settings | undefined): string {
  if (error instanceof InvalidSettingError) return error.message;
  if (!(error instanceof PortTakenError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const name = error.port === settings?.sqsPort ? 'SQS_PORT' : 'PORT';
  return `Port ${error.port} is taken by another program. Stop that program, or set ${name} to another port.`;
}

function logError(error: unknown): void {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  console.error(JSON.stringify({ level: 'ERROR', timestamp: new Date().toISOString(), message }));
}

async function warnOfLoss({ queue, queueUrl }: Gateway): Promise<void> {
  const { visible, inFlight, delayed } = await queue.depth(queueUrl);
  const count = visible + inFlight + delayed;
  if (count > 0)
    console.error(`Stopped with ${count} undelivered in the queue, which is kept in memory only.`);
}

/** The first signal stops the gateway cleanly; a second one, such as another Ctrl-C, ends the process at once. */
function stopOnSignal(gateway: Gateway): void {
  let stoppingSince: number | undefined;
  const stop = async () => {
    if (stoppingSince !== undefined) {
      if (Date.now() - stoppingSince > sameSignalMs) process.exit(1);
      return;
    }
    stoppingSince = Date.now();
    await warnOfLoss(gateway).catch(() => undefined);
    await gateway.stop().catch(logError);
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

async function main(): Promise<void> {
  let settings: Settings | undefined;
  try {
    settings = readSettings(process.env, process.argv.slice(2));
    if (process.stdout.isTTY) prettifyOutput();
    const gateway = await startGateway({ ...settings, onError: logError });
    stopOnSignal(gateway);
    console.log(readyLine(gateway, settings));
    const { tunnelHost } = settings;
    if (tunnelHost) console.log(`https://${tunnelHost} reaches /v1/webhooks/<source> and nothing else.`);
  } catch (error) {
    console.error(explain(error, settings));
    process.exit(1);
  }
}

await main();
