/** `verify`: follows the path of an event through a deployed stage, and reports each step. */
import { exitCodes } from '../errors/exit-codes.ts';
import { openStage } from '../stage/stage.ts';
import { apiCommand, type SharedOptions } from '../stage/stage-command.ts';
import { confirmChange } from '../terminal/confirm.ts';
import { colors, endWith } from '../terminal/io.ts';
import { showResult } from '../terminal/output.ts';
import { parseCount } from '../terminal/parse-options.ts';
import { untilInterrupted } from '../terminal/until-interrupted.ts';
import type { Step } from './step.ts';

interface VerifyOptions extends SharedOptions {
  readonly testEventCode?: string | undefined;
  readonly destination: string;
  readonly waitSeconds: number;
}

export const verifyCommand = () =>
  apiCommand('verify', 'Test a stage after its deployment: API, keys, an event, webhooks, queue, alarms', [
    'verify --stage dev',
    'verify --stage dev --test-event-code TEST12345',
    'verify --stage prod --test-event-code TEST12345 --yes --json',
  ])
    .option('--test-event-code <code>', 'from the Test Events page of Events Manager: sends one event there')
    .option('-d, --destination <name>', 'destination of the test event', 'default')
    .option('--wait-seconds <seconds>', 'how long to follow the event', parseCount, 240)
    .action(verify);

async function verify(options: VerifyOptions): Promise<void> {
  const stage = openStage(options);
  await confirmChange({
    isLoopback: await stage.isOnThisMachine(),
    yes: options.yes === true,
    action: `send test requests to stage ${stage.name}, and one event to the Test Events page if you gave a code`,
  });
  const { createContext } = await import('../doctor/context.ts');
  const { walk } = await import('./walk.ts');
  const { destination, testEventCode, waitSeconds } = options;
  const steps = await untilInterrupted('Stopping …', async (signal) => {
    const context = createContext(stage, signal);
    // The first call sets up the local client of the secrets: before all steps.
    await stage.secrets().catch(() => undefined);
    return walk({ ...context, destination, testEventCode, waitMs: waitSeconds * 1000 });
  });
  const count = (outcome: Step['outcome']) => steps.filter((step) => step.outcome === outcome).length;
  const report = {
    stage: stage.name,
    ok: count('ok'),
    failed: count('failed'),
    untried: count('untried'),
    steps: steps.map(({ unreachable: _, ...step }) => step),
  };
  showResult(options.json === true, report, () => describe(report));
  endWith(exitCodeOf(steps));
}

function exitCodeOf(steps: readonly Step[]): number {
  if (steps.some(({ unreachable }) => unreachable === true)) return exitCodes.unavailable;
  return steps.some(({ outcome }) => outcome === 'failed') ? exitCodes.failed : exitCodes.ok;
}

interface Report {
  readonly stage: string;
  readonly ok: number;
  readonly failed: number;
  readonly untried: number;
  readonly steps: readonly Step[];
}

function describe({ stage, ok, failed, untried, steps }: Report): string {
  const { bold, green, red, yellow } = colors();
  const marks = { ok: green('✓'), failed: red('✗'), untried: yellow('-') } as const;
  const lines = steps.flatMap(({ step, outcome, saw, expected, see }) => [
    `${marks[outcome]} ${bold(step)}: ${saw}`,
    ...(expected === undefined ? [] : [`    expected: ${expected}`]),
    ...(see === undefined ? [] : [`    → ${see}`]),
  ]);
  return [...lines, '', `Stage ${stage}: ${ok} steps fine, ${failed} failed, ${untried} not tried.`].join(
    '\n',
  );
}
