/** `npm start` reads four settings and two options, has defaults for all, and names the one that is wrong. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '../../local/settings.ts';

test('uses defaults when no setting is given', () => {
  expect(readSettings({ PORT: '', TIKTOK_API_URL: '' })).toEqual({
    port: 3000,
    sqsPort: 9324,
    apiKey: 'local-api-key',
  });
});

test('reads every setting', () => {
  const environment = {
    PORT: '0',
    SQS_PORT: '65535',
    LOCAL_API_KEY: 'k',
    TIKTOK_API_URL: 'http://127.0.0.1:1/x/',
  };
  expect(readSettings(environment)).toEqual({
    port: 0,
    sqsPort: 65535,
    apiKey: 'k',
    tiktokApiUrl: 'http://127.0.0.1:1/x',
  });
});

test.each([
  ['PORT', 'http'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '1e3'],
  ['SQS_PORT', '80.5'],
  ['LOCAL_API_KEY', 'two words'],
  ['LOCAL_API_KEY', 'schlüssel'],
  ['TIKTOK_API_URL', 'business-api'],
  ['TIKTOK_API_URL', 'http://tiktok.example'],
  ['TIKTOK_API_URL', 'https://tiktok.example'],
  ['TIKTOK_API_URL', 'ftp://127.0.0.1'],
])('rejects %s=%s by name without repeating the value', (name, value) => {
  const read = () => readSettings({ [name]: value });
  expect(read).toThrow(new RegExp(`^${name} must be `));
  expect(read).not.toThrow(value);
});

test('accepts the name of a tunnel for --host in any case', () => {
  expect(readSettings({}, ['--host', 'My.Tunnel.dev']).tunnelHost).toBe('my.tunnel.dev');
  expect(readSettings({}, ['--host=a-1.trycloudflare.com']).tunnelHost).toBe('a-1.trycloudflare.com');
});

test.each(['https://my.tunnel.dev', 'my.tunnel.dev:443', 'my.tunnel.dev/x', 'tunnel', '*.tunnel.dev', ''])(
  'rejects --host %s and names the expected form',
  (value) => {
    expect(() => readSettings({}, ['--host', value])).toThrow(/^--host must be a host name such as [^*]*$/);
  },
);

test('reads the name of a stage file', () => {
  expect(readSettings({}, ['--stage', 'dev', '--host', 'my.tunnel.dev'])).toMatchObject({
    stageFile: 'dev',
    tunnelHost: 'my.tunnel.dev',
  });
});

test('runs the stage local without --stage, and for its name', () => {
  expect(readSettings({}, ['--stage', 'local'])).toEqual(readSettings({}));
});

test.each([['--help'], ['-h'], ['--stage', 'dev', '--help']])('shows its usage for %s', (...args) => {
  expect(readSettings({}, args).isHelp).toBe(true);
});

test.each([['--hosts', 'my.tunnel.dev'], ['my.tunnel.dev'], ['--hosts'], ['constructor']])(
  'rejects %s, which is no option, and names the options',
  (...args) => {
    expect(() => readSettings({}, args)).toThrow(
      /^npm start takes the options --stage <name>, --tables <folder> and --host <name>, after two dashes: npm start -- --stage dev\. /,
    );
  },
);

test.each([
  ['--stage', [], 'the name of a stage file'],
  ['--stage', ['--host', 'my.tunnel.dev'], 'the name of a stage file'],
  ['--host', [], 'the name of a tunnel'],
])('says what %s needs when %j follows it', (option, rest, need) => {
  expect(() => readSettings({}, [option, ...rest])).toThrow(
    `${option} needs ${need}, as in npm start -- ${option} `,
  );
});

test('reads the folder of tables from --tables and from the environment', () => {
  expect(readSettings({}, ['--tables', 'local/tables']).tablesFolder).toBe(resolve('local/tables'));
  expect(readSettings({ TABLES_FOLDER: 'local/tables' }).tablesFolder).toBe(resolve('local/tables'));
  expect(readSettings({ TABLES_FOLDER: '' }).tablesFolder).toBeUndefined();
});

test('rejects a folder of tables that does not exist, and a file', () => {
  expect(() => readSettings({}, ['--tables', 'package.json'])).toThrow(
    /^--tables must be a folder that exists/,
  );
  expect(() => readSettings({ TABLES_FOLDER: 'nowhere' })).toThrow(/^TABLES_FOLDER must be a folder/);
  expect(() => readSettings({}, ['--tables'])).toThrow(/^--tables needs a folder/);
});
