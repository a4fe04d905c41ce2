/** A copy of the project with a stage that is ready to deploy, and osls run in it against the double of AWS. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { parseDocument } from 'yaml';
import { osls } from '../template/osls.ts';
import { type CopySettings, copyProject } from '../template/project-copy.ts';
import { startAws } from './aws/server.ts';

// A deployment takes three seconds, and many more on a machine that runs other tests beside it.
vi.setConfig({ testTimeout: 480_000, hookTimeout: 240_000 });

export type Setting = readonly [path: readonly string[], value: unknown];

/** What the shipped files leave to the operator. */
const filledIn: readonly Setting[] = [
  [['destinations', 'default', 'pixelCode'], 'C9ABCDEFGHIJKLMNOPQ0'],
  [['alarms', 'email'], 'oncall@example.com'],
];

export async function startDeployment(settings: CopySettings = {}) {
  const aws = await startAws();
  const project = copyProject(settings);
  const env = {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    // Milliseconds between two looks at a stack; everything happens at once here.
    SLS_AWS_MONITORING_FREQUENCY: '1',
  };
  const run = (command: string) => osls(command.split(' '), project, env);
  return {
    aws,
    project,
    /** Runs osls to its end; rejects with its output when it fails. */
    run,
    /** The output of a run that must fail. */
    failing: async (command: string): Promise<string> => {
      const output = await run(command).then(undefined, (error: Error) => error);
      if (typeof output === 'string') throw new Error(`osls ${command} did not fail:\n${output}`);
      return output.message;
    },
    /** Writes the stage file of `stage`, filled in and with settings changed; undefined takes a setting out. */
    write: (stage: string, ...settings: readonly Setting[]) => {
      const path = join(project, 'stages', `${stage}.yml`);
      const document = parseDocument(readFileSync(path, 'utf8'));
      for (const [setting, value] of [...filledIn, ...settings]) {
        if (value === undefined) document.deleteIn(setting);
        else document.setIn(setting, value);
      }
      writeFileSync(path, String(document));
    },
    copyStage: (from: string, to: string) =>
      copyFileSync(join(project, 'stages', `${from}.yml`), join(project, 'stages', `${to}.yml`)),
    /** The calls of one run, and nothing before it. */
    callsOf: async (command: string): Promise<{ output: string; calls: readonly string[] }> => {
      const before = aws.calls.length;
      const output = await run(command);
      return { output, calls: aws.calls.slice(before) };
    },
    stop: async () => {
      await aws.stop();
      rmSync(project, { recursive: true });
    },
  };
}

export type Deployment = Awaited<ReturnType<typeof startDeployment>>;
