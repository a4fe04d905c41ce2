/** The HTTP API: it answers, accepts the key, and its clock agrees with the one of this machine. */
import { CliError } from '../../errors/cli-error.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { postEvents } from '../../gateway/post-events.ts';
import { commandLine, deployCommand } from '../../terminal/command-line.ts';
import type { DoctorCheck } from '../context.ts';
import { caused, type Finding, fine, problem, unchecked, warning } from '../finding.ts';

const timeoutMs = 10_000;
/** Signatures of AWS and times of events allow some minutes; a minute off is a clock that is not set. */
const maxSkewMs = 60_000;

export const checkApi: DoctorCheck = async ({ stage, now }) => {
  const url = await stage.apiUrl();
  const response = await fetch(`${url}/v1/health`, {
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'manual',
  }).catch(() => undefined);
  if (response === undefined)
    return [
      caused(
        `api ${url}`,
        problem(
          'API',
          `The API does not answer at ${url}.`,
          stage.isLocal
            ? 'Start it: `npm start`.'
            : `Check the network and --url, or deploy the stage: ${deployCommand(stage.name)}.`,
        ),
      ),
    ];
  await response.body?.cancel();
  const health =
    response.status === 200
      ? fine('API', 'The API answers.')
      : problem(
          'API',
          `The API answers HTTP ${response.status} to its health check.`,
          'See docs/operations.md#server-errors.',
        );
  return [health, checkClock(response.headers.get('date'), now(), stage.name)];
};

function checkClock(date: string | null, nowMs: number, stage: string): Finding {
  const skewMs = Math.abs(Date.parse(date ?? '') - nowMs);
  if (Number.isNaN(skewMs))
    return warning(
      'clock',
      'The API does not report its time.',
      `Is this the URL of a gateway? ${showUrl(stage)}`,
    );
  if (skewMs <= maxSkewMs) return fine('clock', 'The clocks agree.');
  return problem(
    'clock',
    `The clock of this machine is ${Math.round(skewMs / 1000)} s off.`,
    'Set the clock by NTP, such as with `sudo timedatectl set-ntp true`: events from the future are rejected, and AWS refuses signatures of another time.',
  );
}

/** A post without events shows that the API accepts the key, and sends nothing. */
export const checkKey: DoctorCheck = async ({ stage }) => {
  const key = await stage.apiKey().catch((error: unknown) => {
    if (error instanceof CliError && error.exitCode === exitCodes.unavailable) return error;
    throw error;
  });
  if (key instanceof CliError)
    return [
      unchecked(
        'API key',
        'There is no key of your own to try.',
        `Set TIKTOK_EVENTS_KEY, or make a key of your own and save it: ${commandLine(`keys add --stage ${stage.name} --save`)}.`,
      ),
    ];
  const gateway = { url: await stage.apiUrl(), key };
  const answer = await postEvents(gateway, '{"events":[]}');
  if (answer.kind === 'rejected') return [fine('API key', 'The API accepts the key.')];
  if (answer.kind === 'refused' && (answer.status === 401 || answer.status === 403))
    return [
      problem(
        'API key',
        'The API does not accept the key.',
        `Check TIKTOK_EVENTS_KEY or --key, or make a key with ${commandLine(`keys add --stage ${stage.name}`)}. A new key works after 5 minutes at most.`,
      ),
    ];
  const url = await stage.apiUrl();
  const cause = answer.kind === 'later' ? answer.reason : answer.kind;
  return [
    caused(
      `api ${url}`,
      problem(
        'API key',
        `The key could not be tried (${cause}).`,
        stage.isLocal ? 'Start the gateway: `npm start`.' : showUrl(stage.name),
      ),
    ),
  ];
};

const showUrl = (stage: string): string =>
  `The output ApiUrl is the address of the stage: \`npx osls info --stage ${stage} --verbose\`.`;
