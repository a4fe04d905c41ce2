/** Advertising ids have one of three forms, and the form that TikTok compares. */
import { expect, test } from 'vitest';
import { deviceId, isDeviceId } from '../../../lib/privacy/device-id.ts';
import { sha256 } from '../../../lib/privacy/sha256.ts';

const uuid = 'ea7583cd-a667-48bc-b806-42ecb2b48606';
const upper = deviceId((id) => id.toUpperCase());

test.each([uuid, uuid.replaceAll('-', ''), sha256(uuid), 'aaaaaa-2222-1111-8787-809e92233ba0'])(
  'takes %s for a device id, in any case and with space around it',
  (id) => {
    for (const spelling of [id, id.toUpperCase(), ` ${id}\n`, `${id}\u200b`])
      expect(isDeviceId(spelling)).toBe(true);
  },
);

test.each([
  ...[
    '',
    'not-an-idfa',
    'EA75',
    `${uuid}0`,
    uuid.slice(1, -1),
    uuid.replace('e', 'g'),
    `{${uuid}}`,
    `${uuid}\n${uuid}`,
  ],
  ...['ea7583cda667-48bc-b806-42ecb2b48606', 'ea7583cd_a667_48bc_b806_42ecb2b48606', sha256('').slice(1)],
])('does not take %j for a device id', (id) => {
  expect(isDeviceId(id)).toBe(false);
});

test('gives a raw id the case and dashes of its kind and a digest lower case, without space and invisible characters', () => {
  expect(upper(` ${uuid}\u200b`)).toBe(uuid.toUpperCase());
  expect(upper(uuid.replaceAll('-', ''))).toBe(uuid.toUpperCase());
  expect(upper(`\ufeff${sha256(uuid).toUpperCase()} `)).toBe(sha256(uuid));
});
