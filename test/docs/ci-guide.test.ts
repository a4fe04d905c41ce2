/** The commands of docs/deploy.md that give CI its rights make what the files of `stack/ci/` say, for the account and repository at hand. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseStage } from '../../lib/config/read-stage.ts';
import { boundaryArn, stageFileWith } from '../template/full-stage.ts';
import { ciPolicy } from '../template/rights/simulate-policy.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/deploy.md'), 'utf8');
const section = /## Deploy from CI\n([\s\S]*?)\n## /.exec(page)?.[1] ?? '';
const block = (language: string, part = section) =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(part)?.[1] ?? '';
const ofSyncs = /### Syncs from CI\n([\s\S]*?)\n###? /.exec(section)?.[1] ?? '';

const account = '444455556666';
const folder = mkdtempSync(join(tmpdir(), 'ci-guide-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes down its arguments, one JSON array a call, and knows its account. */
const aws = `#!${process.execPath}
const { appendFileSync } = require('node:fs');
const words = process.argv.slice(2);
appendFileSync(${JSON.stringify(join(folder, 'calls'))}, JSON.stringify(words) + '\\n');
if (words[1] === 'get-caller-identity') console.log('${account}');
`;

function run(commands = block('sh')): string[][] {
  rmSync(join(folder, 'calls'), { force: true });
  writeFileSync(join(folder, 'aws'), aws);
  chmodSync(join(folder, 'aws'), 0o755);
  execFileSync('bash', ['--norc', '-euo', 'pipefail', '-c', commands], {
    cwd: root,
    env: { PATH: `${folder}${delimiter}${process.env.PATH ?? ''}` },
  });
  const lines = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as string[]);
}

const option = (words: readonly string[], name: string) => words[words.indexOf(name) + 1] ?? '';
const written = (name: string) =>
  JSON.parse(
    JSON.stringify(ciPolicy(name))
      .replaceAll('111122223333', account)
      .replace('OWNER/REPOSITORY', 'acme/tiktok-events'),
  );

test('the guide makes the boundary, the policies and the role of the files, and attaches both policies', () => {
  const calls = run();
  const documents = calls.flatMap((words) => {
    const document = option(
      words,
      words.includes('create-role') ? '--assume-role-policy-document' : '--policy-document',
    );
    return /create-(policy|role)$/.test(words[1] ?? '') ? [[words[3], JSON.parse(document)]] : [];
  });
  expect(documents).toEqual([
    ['tiktok-events-boundary', written('permissions-boundary')],
    ['deploy-tiktok-events', written('deploy-policy')],
    ['deploy-tiktok-events-limits', written('deploy-limits')],
    ['deploy-tiktok-events-prod', written('trust-policy')],
  ]);
  const attached = calls.filter((words) => words[1] === 'attach-role-policy');
  expect(attached.map((words) => [option(words, '--role-name'), option(words, '--policy-arn')])).toEqual([
    ['deploy-tiktok-events-prod', `arn:aws:iam::${account}:policy/deploy-tiktok-events`],
    ['deploy-tiktok-events-prod', `arn:aws:iam::${account}:policy/deploy-tiktok-events-limits`],
  ]);
});

test('the guide gives CI the rights of syncs, and puts the bucket of the warehouse into the boundary', () => {
  const calls = run(block('sh', ofSyncs));
  const documents = calls.flatMap((words) =>
    /create-policy(-version)?$/.test(words[1] ?? '')
      ? [[words[1], words[3], JSON.parse(option(words, '--policy-document'))]]
      : [],
  );
  const boundary = JSON.stringify(written('sync-boundary')).replaceAll('example-warehouse', 'my-warehouse');
  expect(documents).toEqual([
    ['create-policy', 'deploy-tiktok-events-syncs', written('deploy-syncs')],
    ['create-policy-version', `arn:aws:iam::${account}:policy/tiktok-events-boundary`, JSON.parse(boundary)],
  ]);
  expect(calls.find((words) => words[1] === 'attach-role-policy')).toContain(
    `arn:aws:iam::${account}:policy/deploy-tiktok-events-syncs`,
  );
  expect(calls.find((words) => words[1] === 'create-policy-version')).toContain('--set-as-default');
});

test('only the environment of one repository may be CI, with a token made for AWS', () => {
  expect(ciPolicy('trust-policy')).toMatchObject({
    Statement: [
      {
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': 'repo:OWNER/REPOSITORY:environment:prod',
          },
        },
      },
    ],
  });
});

test('the stage file takes the boundary of the guide, which is the one that the policies demand', () => {
  const { permissionsBoundaryArn } = parse(block('yaml')) as { permissionsBoundaryArn: string };
  expect(permissionsBoundaryArn).toBe(boundaryArn);
  const stage = parseStage(stageFileWith([['permissionsBoundaryArn'], boundaryArn]), 'stages/prod.yml');
  expect(stage.permissionsBoundaryArn).toBe(boundaryArn);
});

test('the guide names every setting that the workflow reads, and every statement by its name', () => {
  const workflow = readFileSync(join(root, '.github/workflows/deploy.yml'), 'utf8');
  for (const [, name] of workflow.matchAll(/(?:vars|secrets)\.(\w+)/g))
    expect(section).toContain(`\`${name}\``);
  expect(JSON.stringify(ciPolicy('deploy-policy'))).toContain('"KeyThroughSecretsManagerOnly"');
});
