/** `init` in a copy of the project, without a terminal. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildBrowser } from '../../scripts/browser/browser-script.ts';
import { spawnGateway } from '../support/gateway/gateway-process.ts';
import { createStageProject, type StageProject } from '../support/gateway/stage-project.ts';
import { checkCommand } from './support/check-command.ts';
import { runCli } from './support/run-cli.ts';

let project: StageProject;
beforeAll(() => {
  project = createStageProject();
});
afterAll(() => project.remove());

const init = (...args: string[]) =>
  spawnSync(process.execPath, [project.cliFile, 'init', ...args], { encoding: 'utf8', input: '' });
const fileOf = (stage: string) => readFileSync(join(project.cliFile, '../../stages', `${stage}.yml`), 'utf8');

/** Of a stage without other sources. */
const settings = {
  consent: 'always',
  pageViews: false,
  untouched: ['CompletePayment', 'PlaceAnOrder', 'Purchase'],
} as const;

const pixel = ['--pixel-code', 'C4A1B2C3D4E5F6G7H8I9'];
const mail = ['--alarm-email', 'oncall@example.com'];

test('init writes a stage file once, prints commands to paste, and never writes over it', async () => {
  const first = init('--stage', 'eu', ...pixel, ...mail, '--region', 'eu-west-1', '--json');
  expect(first).toMatchObject({ status: 0, stderr: '' });
  const { file, next } = JSON.parse(first.stdout);
  expect(file).toBe('stages/eu.yml');
  const own = next.flatMap((command: string) => /^npx --no tiktok-events (.*)$/.exec(command)?.[1] ?? []);
  expect(own).toHaveLength(3);
  await Promise.all(own.map(checkCommand));
  const text = fileOf('eu');
  expect(text).toContain('region: eu-west-1');

  const second = init('--stage', 'eu', ...pixel, ...mail);
  expect(second).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('not overwritten') });
  expect(fileOf('eu')).toBe(text);
});

test('init adds the collector for a shop and prints its tag, which init --tag prints again', () => {
  const shop = ['--shop-origin', 'https://www.shop.example'];
  const first = init('--stage', 'shop', ...pixel, ...mail, ...shop, '--json');
  expect(first).toMatchObject({ status: 0, stderr: '' });
  const { tag } = JSON.parse(first.stdout);
  expect(tag).toMatch(
    /^<script>.*<\/script>\n<script async .*src="https:\/\/www\.shop\.example\/v1\/browser\.js"><\/script>$/s,
  );
  expect(fileOf('shop')).toContain("\n  origins: ['https://www.shop.example']\n");
  const again = init('--stage', 'shop', '--tag');
  expect(again).toMatchObject({ status: 0, stderr: '' });
  expect(again.stdout).toContain(tag);
  expect(again.stdout).toContain("above TikTok's base code");
});

test('init --tag --integrity names the script by its hash, with a digest that fits', async () => {
  const { stdout } = init('--stage', 'shop', '--tag', '--integrity', '--json');
  const [, hash, digest] =
    /\/v1\/browser\/([0-9a-f]+)\.js" integrity="sha384-([^"]+)"/.exec(JSON.parse(stdout).tag) ?? [];
  const { script } = await buildBrowser(settings);
  expect(digest).toBe(createHash('sha384').update(script).digest('base64'));
  expect(createHash('sha256').update(script).digest('hex')).toMatch(new RegExp(`^${hash}`));
});

test('init --tag of a stage without a collector says what to add', () => {
  init('--stage', 'plain', ...pixel, ...mail);
  expect(init('--stage', 'plain', '--tag')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('has no section collect'),
  });
});

describe('init --tag for the gateway of this machine', () => {
  const localTag = (url: string, ...args: string[]) =>
    runCli(['init', '--stage', 'local', '--tag', ...args], { env: { PORT: new URL(url).port } });

  /** Runs `npm start` while `use` does its work. */
  async function running(args: readonly string[], use: (url: string) => Promise<void>): Promise<void> {
    const run = spawnGateway({ LOCAL_API_KEY: '', TIKTOK_API_URL: '' }, args, project.gatewayFile);
    try {
      await use(/Ready at (\S+)/.exec(await run.ready())?.[1] ?? '');
    } finally {
      run.process.kill('SIGTERM');
      await run.ended;
    }
  }

  test('prints the tag of its own stage, which is that of the demo shop', () =>
    running([], async (url) => {
      const { code, stdout, stderr } = await localTag(url);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const { tag } = await buildBrowser(settings);
      expect(stdout).toContain(tag(url));
      expect(stdout).toContain('localhost and\n127.0.0.1 are two sites');
      expect(await (await fetch(`${url}/shop`)).text()).toContain(tag(url));
      const script = await (await fetch(`${url}/v1/browser.js`)).bytes();
      const { tag: html } = JSON.parse((await localTag(url, '--integrity', '--json')).stdout);
      expect(html).toContain(createHash('sha384').update(script).digest('base64'));
    }));

  test('prints the tag of the stage file that runs', async () => {
    const collect = { origins: ['https://shop.example'], consent: 'require' };
    const sources = { shop: { platform: 'shopify', contentId: 'sku' } };
    project.write('tagged', { collect, sources });
    await running(['--stage', 'tagged'], async (url) => {
      const { tag } = JSON.parse((await localTag(url, '--json')).stdout);
      const untouched = [
        'CompletePayment',
        'CompleteRegistration',
        'InitiateCheckout',
        'PlaceAnOrder',
        'Purchase',
      ];
      expect(tag).toBe((await buildBrowser({ consent: 'require', pageViews: false, untouched })).tag(url));
    });
  });

  test('says what to add to a stage file without a collector', async () => {
    project.write('untagged', {});
    await running(['--stage', 'untagged'], async (url) => {
      const { code, stdout, stderr } = await localTag(url);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('has no section collect: add it to its file');
    });
  });

  test('is all that init does for the stage local, and it says so', () => {
    const { status, stderr } = init('--stage', 'local', ...pixel, ...mail);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining('--tag prints its tag'),
    });
  });
});

test('init fills in the delivered file of prod, which has placeholders only', () => {
  const { status, stdout } = init(...pixel, ...mail);
  expect({ status, stdout }).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('stages/prod.yml is written'),
  });
  expect(fileOf('prod')).toContain("pixelCode: 'C4A1B2C3D4E5F6G7H8I9'");
  expect(init(...pixel, ...mail).status).toBe(2);
});

test.each([
  { args: ['--stage', 'us', ...mail], says: /give --pixel-code\./ },
  { args: ['--stage', 'us'], says: /give --pixel-code and --alarm-email\./ },
  {
    args: ['--stage', 'us', ...pixel, ...mail, '--region', 'eu-centrl-1'],
    says: /--region .*eu-central-1\?/,
  },
  { args: ['--stage', 'us', ...pixel, ...mail, '--currency', 'EURO'], says: /--currency must be a currency/ },
  { args: ['--stage', 'local', ...pixel, ...mail], says: /not local/ },
  { args: ['--stage', '../x', ...pixel, ...mail], says: /lower-case letters/ },
])('init $args is refused, and the rule is named', ({ args, says }) => {
  const { status, stdout, stderr } = init(...args);
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(says) });
});
