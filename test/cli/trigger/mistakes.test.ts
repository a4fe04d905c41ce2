/** `trigger` names what is wrong with a command, and takes no other program for the gateway. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { friendlyNameList } from '../../../cli/trigger/set/friendly-names.ts';
import { startHttpServer } from '../../support/http/http-server.ts';
import { checkCommand, commandsIn } from '../support/check-command.ts';
import { runCli } from '../support/run-cli.ts';
import { startTriggers, type Triggers } from './run-trigger.ts';

const offline = { PORT: '1', SQS_PORT: '1' };
const trigger = (args: readonly string[], input = '') =>
  runCli(['trigger', ...args], { env: offline, input });
const paid = 'shopify:orders/paid';

describe('a command that is wrong', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['an unknown platform', ['shopfy:orders/paid'], /Did you mean shopify\? Platforms: shopify, woocommerce/],
    ['an unknown platform of the list', ['shopfy', '--list'], /Did you mean shopify\?/],
    ['a platform without a topic', ['shopify'], /shopify has no such topic here\..* Topics: orders\/paid/],
    ['a misspelled topic', ['shopify:order/paid'], /Did you mean shopify:orders\/paid\?/],
    [
      'a topic with the separator of another platform',
      ['woocommerce:order/updated'],
      /woocommerce:order\.updated\?/,
    ],
    ['the end of a topic', ['bigcommerce:order/created'], /bigcommerce:store\/order\/created\?/],
    [
      'an unknown source',
      [paid, '--source', 'shopfy'],
      /no source of this name in npm start\. Did you mean shopify\?/,
    ],
    ['a source of another platform', [paid, '--source', 'stripe'], /has the platform stripe, not shopify/],
    ['a custom source without a body', ['custom:salla'], /--body <file>/],
    ['custom without a source', ['custom', '--body', '-'], /custom:<source>/],
    [
      'an unknown custom source',
      ['custom:salla', '--body', '-'],
      /no source of this name in npm start.*Its sources: /,
    ],
    ['--set without a value', [paid, '--set', 'email'], /name=value/],
    ['--set with an unknown name', [paid, '--set', 'emial=x'], /--set emial: neither.*Did you mean email\?/],
    [
      '--set with a name of a field deep inside',
      [paid, '--set', 'province_code=x'],
      /The body has billing_address\.province_code/,
    ],
    [
      '--set with a fact that the body has no place for',
      ['stripe:checkout.session.completed', '--set', 'sku=x'],
      /--set sku: stripe:checkout\.session\.completed has no place/,
    ],
    ['--set with an amount that is none', [paid, '--set', 'total=1,50'], /--set total: expected an amount/],
    [
      '--set with a time that is none',
      [paid, '--set', 'placed=yesterday'],
      /--set placed: expected how long ago/,
    ],
    [
      '--set with a currency that is none',
      [paid, '--set', 'currency=EURO'],
      /--set currency: expected three letters/,
    ],
    [
      '--set with an id that the platform does not have',
      [paid, '--set', 'id=order-1'],
      /--set id: this platform's ids are numbers/,
    ],
    ['--set with a place that a list does not have', [paid, '--set', 'line_items.5.sku=x'], /use 0 to 1/],
    ['--set below a value', [paid, '--set', 'name.first=x'], /--set name\.first: name has no fields/],
    [
      '--set with an empty part of a path',
      [paid, '--set', 'line_items..sku=x'],
      /a path has names and numbers/,
    ],
    ['--set with a prototype', [paid, '--set', '.__proto__.x=1'], /a path has names and numbers/],
    [
      '--set for a body that is not JSON',
      ['woocommerce:ping', '--set', 'webhook_id=1'],
      /not JSON and has no fields/,
    ],
    ['--set with a fact beside --body', [paid, '--body', '-', '--set', 'email=x'], /Write \.email=value/],
    ['a body of another topic without the topic', ['shopify', '--body', '-'], /Topics: orders\/paid/],
    ['a body that cannot be read', [paid, '--body', '/nowhere.json'], /--body cannot be read \(ENOENT\)/],
    ['a header without a value', [paid, '--header', 'x-test'], /--header takes name=value/],
    [
      'a header that the client sets',
      [paid, '--header', 'Host=example.com'],
      /--header: Host cannot be chosen/,
    ],
    [
      'a secret and a body from the same input',
      [paid, '--body', '-', '--secret-stdin'],
      /only one of --body - and --secret-stdin/,
    ],
    ['an address without a secret', [paid, '--url', 'https://gateway.example.com'], /--secret-stdin/],
    [
      'a custom source at an address without a stage',
      ['custom:x', '--body', '-', '--url', 'https://gateway.example.com'],
      /--stage/,
    ],
  ])('names %s, with exit code 2', async (_what, args, message) => {
    const { code, stdout, stderr } = await trigger([...args, '--print']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    for (const words of commandsIn(stderr)) await checkCommand(words);
  });

  test('names a body that is not JSON when a field of it must change', async () => {
    const { code, stderr } = await trigger([paid, '--body', '-', '--set', 'note=x', '--print'], '{"note":');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/--body is not a JSON object/),
    });
  });

  test('names a body that is larger than the gateway takes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'trigger-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'large'), 'x'.repeat(1_048_577));
    const { code, stderr } = await trigger([paid, '--body', join(folder, 'large')]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/at most 1 MiB/) });
  });

  test('lists all friendly names and how a path is written', async () => {
    const { stderr } = await trigger([paid, '--set', 'colour=red', '--print']);
    for (const name of friendlyNameList) expect(stderr).toContain(name);
    expect(stderr).toContain('line_items.0.sku=ABC');
  });

  test('does not print bytes that are no text', async () => {
    const { code, stderr } = await trigger([paid, '--body', '-', '--print'], 'a\0b');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/not UTF-8 text/) });
  });
});

describe('no gateway', () => {
  test('is reported with exit code 3 and what to start', async () => {
    const { code, stdout, stderr } = await trigger([paid]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^No connection .*`npm start`/);
  });

  test('is reported as JSON with --json', async () => {
    const { code, stdout } = await trigger([paid, '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toEqual({
      error: { exit_code: 3, message: expect.stringMatching(/^No connection/) },
    });
  });

  test.each([
    { what: 'answers 200 with a page', status: 200, body: '<html>' },
    { what: 'answers 200 with other JSON', status: 200, body: '{"ok":true}' },
    { what: 'answers 404', status: 404, body: 'Cannot POST' },
    { what: 'answers 401', status: 401, body: '{}' },
    { what: 'redirects', status: 302, body: '' },
    { what: 'fails', status: 500, body: '{}' },
    { what: 'fails with the words of a gateway', status: 500, body: '{"accepted":1,"skipped":[]}' },
  ])('but a program that $what is not taken for one', async ({ status, body }) => {
    const other = await startHttpServer((_request, response) => {
      response.writeHead(status, { location: 'https://gateway.example.com' }).end(body);
    });
    onTestFinished(() => other.stop());
    const env = { PORT: new URL(other.url).port, SQS_PORT: '1' };
    const { code, stdout, stderr } = await runCli(['trigger', paid], { env });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^HTTP ${status}`));
  });
});

describe('the gateway of npm start', () => {
  let triggers: Triggers;
  beforeAll(async () => {
    triggers = await startTriggers();
  });
  afterAll(() => triggers.stop());

  test('rejects a wrong signature, and the command says why, with exit code 3', async () => {
    const { code, stderr } = await triggers.run([
      paid,
      '--header',
      `x-shopify-hmac-sha256=${'A'.repeat(43)}=`,
    ]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^The gateway rejected the signature \(401\)\. .*--header/);
  });

  test('rejects a secret from standard input that is not its own', async () => {
    const { code, stderr } = await triggers.run([paid, '--secret-stdin'], 'another-secret\n');
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringMatching(/rejected the signature/) });
  });

  test('takes a secret from standard input, at an address of its own', async () => {
    const args = [paid, '--url', triggers.gateway.url, '--secret-stdin', '--json'];
    const { code, stdout } = await runCli(['trigger', ...args], {
      env: offline,
      input: 'local-shopify-secret\n',
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ accepted: 1, source: 'shopify' });
  });
});
