/** Settings that are too long for the environment of a function come from the file beside its code. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withSettingsFile } from '../../../lib/config/environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'settings-'));
const environment = { STAGE: 'prod', SETTINGS_FILE: 'settings.json', LAMBDA_TASK_ROOT: folder };
const write = (text: string) => writeFileSync(join(folder, 'settings.json'), text);

test('adds the settings of the file that the environment names', () => {
  write('{"SOURCES":"{}"}');
  expect(withSettingsFile(environment)).toEqual({ STAGE: 'prod', SOURCES: '{}' });
});

test('leaves an environment that names no file as it is', () => {
  const whole = { STAGE: 'prod', LAMBDA_TASK_ROOT: folder };
  expect(withSettingsFile(whole)).toBe(whole);
});

test.each(['', '[]', '{"SOURCES":{}}', 'null'])('rejects the settings file %j by name', (text) => {
  write(text);
  expect(() => withSettingsFile(environment)).toThrow(expect.objectContaining({ setting: 'SETTINGS_FILE' }));
});

test('rejects an environment that names a file which is not there', () => {
  expect(() => withSettingsFile({ ...environment, SETTINGS_FILE: 'other.json' })).toThrow(
    expect.objectContaining({ setting: 'SETTINGS_FILE' }),
  );
});
