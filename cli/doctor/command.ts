/** `doctor`: checks a stage, and gives a remedy for each problem. */
import { exitCodes } from '../errors/exit-codes.ts';
import { openStage } from '../stage/stage.ts';
import { apiCommand, type SharedOptions } from '../stage/stage-command.ts';
import { confirmChange } from '../terminal/confirm.ts';
import { colors, endWith } from '../terminal/io.ts';
import { showResult } from '../terminal/output.ts';
import { untilInterrupted } from '../terminal/until-interrupted.ts';
import type { Finding } from './finding.ts';

interface DoctorOptions extends SharedOptions {
  readonly sendTest?: true | undefined;
  readonly testEventCode?: string | undefined;
  readonly destination: string;
}

export const doctorCommand = () =>
  apiCommand('doctor', 'Check a stage: settings, secrets, token, queues, dead letters', [
    'doctor',
    'doctor --stage prod',
    'doctor --stage prod --send-test --test-event-code TEST12345',
  ])
    .option('--send-test', 'send one test event to TikTok with the token of the stage')
    .option('--test-event-code <code>', 'from the Test Events page of Events Manager')
    .option('-d, --destination <name>', 'destination of the test event', 'default')
    .action(doctor);

async function doctor(options: DoctorOptions): Promise<void> {
  const stage = openStage(options);
  const isTest = options.sendTest === true;
  if (isTest)
    await confirmChange({
      isLoopback: stage.isLocal,
      yes: options.yes === true,
      action: `send a test event to TikTok with the token of stage ${stage.name}`,
    });
  const { createContext } = await import('./context.ts');
  const { diagnose } = await import('./diagnose.ts');
  const findings = await untilInterrupted('Stopping …', (signal) =>
    diagnose(
      createContext(stage, signal),
      isTest ? { destination: options.destination, testEventCode: options.testEventCode } : undefined,
    ),
  );
  const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const report = {
    stage: stage.name,
    problems: count('problem'),
    warnings: count('warning'),
    unchecked: count('unchecked'),
    findings,
  };
  showResult(options.json === true, report, () => describe(report));
  endWith(report.problems > 0 ? exitCodes.failed : exitCodes.ok);
}

interface Report {
  readonly stage: string;
  readonly problems: number;
  readonly warnings: number;
  readonly unchecked: number;
  readonly findings: readonly Finding[];
}

function describe({ stage, problems, warnings, unchecked, findings }: Report): string {
  const { bold, dim, green, red, yellow } = colors();
  const marks = { ok: green('✓'), warning: yellow('!'), problem: red('✗'), unchecked: dim('-') } as const;
  const lines = findings.flatMap(({ level, subject, text, remedy }) => [
    `${marks[level]} ${bold(subject)}: ${text}`,
    ...(remedy === undefined ? [] : [`    → ${remedy}`]),
  ]);
  const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
  const end =
    problems + warnings + unchecked === 0
      ? `Stage ${stage} is healthy.`
      : `Stage ${stage}: ${plural(problems, 'problem')}, ${plural(warnings, 'warning')}, ${unchecked} not checked.`;
  return [...lines, '', end].join('\n');
}
