/** The workflow of GitHub Actions: only the job that runs nobody's code can get at AWS, and what it deploys was tested. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createProgram } from '../../cli/program.ts';
import { osls } from './osls.ts';
import { copyProject } from './project-copy.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly needs?: string;
  readonly if?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const text = read('.github/workflows/deploy.yml');
const workflow = parse(text) as Workflow;
const manifest = JSON.parse(read('package.json')) as { bin: object; scripts: Record<string, string> };

const project = copyProject();
afterAll(() => rmSync(project, { recursive: true }));

function job(name: string): Job {
  const found = workflow.jobs[name];
  if (!found) throw new Error(`the workflow has no job ${name}`);
  return found;
}
const runs = ({ steps }: Job) => steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
const stepOf = ({ steps }: Job, action: string) => steps.find(({ uses }) => uses?.startsWith(`${action}@`));

test('every action is pinned by a full commit, with its version beside it', () => {
  const pins = [...text.matchAll(/uses: *(.*)/g)].map(([, pin]) => String(pin));
  expect(pins.length).toBeGreaterThan(0);
  for (const pin of pins) expect(pin).toMatch(/^[a-z-]+\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('an action that both jobs use is the same one', () => {
  const pins = new Set([...text.matchAll(/uses: *(\S+)/g)].map(([, pin]) => String(pin)));
  const names = [...pins].map((pin) => pin.split('@')[0]);
  expect(names).toHaveLength(new Set(names).size);
});

describe('the job that installs and tests', () => {
  test('the test job can read the repository and nothing else', () => {
    expect(workflow.permissions).toEqual({});
    expect(job('test').permissions).toEqual({ contents: 'read' });
    expect(JSON.stringify(job('test'))).not.toMatch(/secrets\.|aws-actions/);
  });

  test('the test job checks where the packages come from, tests, and packages the stage', () => {
    expect(runs(job('test'))).toEqual([
      'npm ci',
      'npm audit --omit=dev --audit-level=high',
      'npm audit signatures',
      'npm test',
      'npx --no osls package --stage prod',
    ]);
  });
});

describe('the job that deploys', () => {
  test('the deploy job waits for the tests, for main, for the environment and for the deployment before it', () => {
    const { needs, environment, concurrency } = job('deploy');
    expect({ needs, environment }).toEqual({ needs: 'test', environment: 'prod' });
    expect(job('deploy').if?.split(' && ')).toEqual(
      expect.arrayContaining(["github.event_name != 'pull_request'", "github.ref == 'refs/heads/main'"]),
    );
    expect(concurrency).toEqual({ group: 'deploy-prod', 'cancel-in-progress': false });
  });

  test('the deploy job is skipped in a repository without settings', () => {
    const settings = [...text.matchAll(/\$\{\{ (vars\.\w+) \}\}/g)].map(([, setting]) => setting);
    expect(settings.length).toBeGreaterThan(0);
    for (const setting of settings) expect(job('deploy').if).toContain(`${setting} != ''`);
  });

  test('the deploy job alone can reach AWS', () => {
    const mighty = Object.entries(workflow.jobs).filter(([, { permissions }]) => 'id-token' in permissions);
    expect(mighty.map(([name]) => name)).toEqual(['deploy']);
    expect(job('deploy').permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  });

  test('the deploy job runs neither install scripts nor tests, and gets the credentials as late as possible', () => {
    expect(runs(job('deploy'))).toEqual([
      'npm ci --ignore-scripts',
      'npx --no osls deploy --stage prod --package .serverless',
      'npx --no tiktok-events verify --stage prod --yes',
    ]);
    const order = job('deploy').steps.map(({ uses, run }) => uses?.split('@')[0] ?? run?.split(' --')[0]);
    expect(order.slice(-4)).toEqual([
      'actions/download-artifact',
      'aws-actions/configure-aws-credentials',
      'npx',
      'npx',
    ]);
  });

  test('the deploy job has the Node of Lambda, which an install without scripts does not bring', () => {
    expect(stepOf(job('deploy'), 'actions/setup-node')?.with).toEqual({ 'node-version': 24 });
    expect(read('serverless.yml')).toContain('runtime: nodejs24.x');
  });
});

test('no job keeps the token of the checkout where a script could read it', () => {
  for (const name of Object.keys(workflow.jobs)) {
    expect(stepOf(job(name), 'actions/checkout')?.with).toEqual({ 'persist-credentials': false });
  }
});

test('the package goes from one job to the other with all that a deployment reads', async () => {
  const upload = stepOf(job('test'), 'actions/upload-artifact')?.with;
  const download = stepOf(job('deploy'), 'actions/download-artifact')?.with;
  // An artifact of one folder contains what is in it, without the folder.
  expect(download).toEqual({ name: upload?.name, path: '.serverless' });
  expect(upload?.path).toBe('.serverless/');
  // Names that start with a dot are left out otherwise.
  expect(upload?.['include-hidden-files']).toBe(true);
  await osls(['package', '--stage', 'prod'], project);
  const state = JSON.parse(readFileSync(`${project}/.serverless/serverless-state.json`, 'utf8')) as {
    service: { functions: Record<string, { package: { artifact: string } }> };
  };
  const zips = Object.values(state.service.functions).map((one) => one.package.artifact);
  expect(zips).toHaveLength(Object.keys(state.service.functions).length);
  for (const path of ['.serverless/serverless-state.json', ...zips]) {
    expect(path.startsWith(String(upload?.path))).toBe(true);
    expect(existsSync(`${project}/${path}`)).toBe(true);
  }
});

describe('the commands of the workflow', () => {
  const commands = [...new Set(Object.values(workflow.jobs).flatMap(runs))];

  test.each(commands.filter((command) => command.startsWith('npx --no osls ')))('%s', async (command) => {
    const words = command.split(' ').slice(3);
    const help = await osls([words[0] ?? '', '--help'], project);
    for (const word of words.filter((one) => one.startsWith('--'))) expect(help).toContain(word);
  });

  test.each(commands.filter((command) => command.startsWith('npm ')))('%s', (command) => {
    const verb = command.split(' ')[1] ?? '';
    expect(['ci', 'audit', ...Object.keys(manifest.scripts)]).toContain(verb);
  });

  test.each(commands.filter((command) => command.startsWith('npx --no tiktok-events ')))('%s', (command) => {
    const [name = '', ...options] = command.split(' ').slice(3);
    const known = createProgram().commands.find((one) => one.name() === name);
    expect(Object.keys(manifest.bin)).toEqual(['tiktok-events']);
    const given = options.filter((option) => option.startsWith('--'));
    expect(known?.options.map(({ long }) => long)).toEqual(expect.arrayContaining(given));
  });
});
