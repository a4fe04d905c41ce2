/** A token goes to the base URL of its destination, and to no other address that a file can name. */
import { expect, test, vi } from 'vitest';
import { parseDocument } from 'yaml';
import { openStage } from '../../../../cli/stage/stage.ts';
import { tiktokApiUrl } from '../../../../cli/stage/tiktok-api-url.ts';

const file = vi.hoisted(() => ({ yaml: '' }));
vi.mock('../../../../cli/stage/stage-file.ts', async (original) => ({
  ...(await original<object>()),
  readStageFile: () => parseDocument(file.yaml),
}));

const stageFile = (url: string) => `
delivery: { tiktokApiUrl: 'https://business-api.tiktok.com' }
destinations:
  default: { pixelCode: P }
  us: { pixelCode: P, tiktokApiUrl: '${url}' }
`;

test('promise 8: calls TikTok for a destination at its own base URL, and for the others at that of the stage', async () => {
  file.yaml = stageFile('https://business-api.us.tiktok.com/');
  const stage = openStage({ stage: 'prod' });
  expect(await tiktokApiUrl(stage, 'us')).toBe('https://business-api.us.tiktok.com');
  expect(await tiktokApiUrl(stage, 'default')).toBe('https://business-api.tiktok.com');
});

test.each(['https://tiktok.com.evil.example', 'http://business-api.us.tiktok.com', ''])(
  'promise 8: sends no token when the stage file names the base URL %j for its destination',
  async (url) => {
    file.yaml = stageFile(url);
    await expect(tiktokApiUrl(openStage({ stage: 'prod' }), 'us')).rejects.toThrow(
      'destinations.us.tiktokApiUrl must be an https URL below tiktok.com',
    );
  },
);
