/** `npm start`: runs the gateway on this machine until SIGINT or SIGTERM. */
import { StageError } from '../lib/config/read-stage.ts';
import { stageFileName } from '../lib/config/stage-file.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { prettifyOutput } from './log/pretty-output.ts';
import { PortTakenError } from './loopback-server.ts';
import { InvalidSettingError, readSettings, type Settings } from './settings.ts';
import { shellQuote } from './shell-quote.ts';
import { exampleEvent } from './stage/example-event.ts';
import { type LocalStage, ownStage, stageFromFile } from './stage/local-stage.ts';
import { runStageFile } from './stage/run-stage-file.ts';
import { describeSyncs } from './sync/describe-syncs.ts';
import { usage } from './usage.ts';

/** A terminal and npm may both pass on the same Ctrl-C: two signals within this time count as one. */
const sameSignalMs = 1_000;

function readyLine({ url }: Gateway, { apiKey, stageFile }: Settings, stage: LocalStage): string {
  const headers = [`authorization: Bearer ${apiKey}`, 'content-type: application/json'];
  const options = [
    ...headers.map((header) => `-H ${shellQuote(header)}`),
    `-d ${shellQuote(JSON.stringify(exampleEvent(stage)))}`,
  ];
  const place = stageFile === undefined ? url : `${url} with the settings of ${stageFileName(stageFile)}`;
  return `Ready at ${place} (open it in a browser). Try: curl -sS ${url}/v1/events ${options.join(' ')}`;
}

function explain(error: unknown, settings: Settings | undefined): string {
  if (error instanceof InvalidSettingError || error instanceof StageError) return error.message;
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
function stopOnSignal(gateway: Gateway, unfollow: () => void): void {
  let stoppingSince: number | undefined;
  const stop = async () => {
    if (stoppingSince !== undefined) {
      if (Date.now() - stoppingSince > sameSignalMs) process.exit(1);
      return;
    }
    stoppingSince = Date.now();
    unfollow();
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
    if (settings.isHelp) {
      console.log(usage);
      return;
    }
    const { apiKey, stageFile, tunnelHost } = settings;
    const stage = stageFile === undefined ? ownStage() : await stageFromFile(stageFile);
    if (process.stdout.isTTY) prettifyOutput();
    const gateway = await startGateway({ ...settings, stage, onError: logError });
    const unfollow = stageFile === undefined ? () => undefined : runStageFile(stage, gateway, apiKey);
    stopOnSignal(gateway, unfollow);
    console.log(readyLine(gateway, settings, stage));
    for (const line of describeSyncs(stage, gateway.syncs.tablesFolder)) console.log(line);
    if (tunnelHost)
      console.log(
        `https://${tunnelHost} reaches /v1/webhooks/<source>, /v1/collect and /v1/browser.js, and nothing else.`,
      );
  } catch (error) {
    console.error(explain(error, settings));
    process.exit(1);
  }
}

await main();
