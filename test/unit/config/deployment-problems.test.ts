/** What a stage file must settle before it is deployed: each problem names its setting and its remedy. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { deploymentProblems, deploymentWarnings } from '../../../lib/config/deployment-problems.ts';
import { looksReal } from '../../../lib/config/pixel-code.ts';
import { parseStage, readStage } from '../../../lib/config/read-stage.ts';
import { stageNames } from '../../../lib/config/stage-file.ts';

const pixelCode = 'C9ABCDEFGHIJKLMNOPQ0';

/** The stage file of prod, ready to deploy but for the given settings. */
function problemsWith(...settings: readonly (readonly [path: readonly string[], value: unknown])[]) {
  const document = parseDocument(readFileSync(new URL('../../../stages/prod.yml', import.meta.url), 'utf8'));
  document.setIn(['destinations', 'default', 'pixelCode'], pixelCode);
  document.setIn(['alarms', 'email'], 'oncall@example.com');
  for (const [path, value] of settings) {
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, value);
  }
  return deploymentProblems(parseStage(String(document), 'stages/example.yml'));
}

test('finds no problem in a complete stage file', () => {
  expect(problemsWith()).toEqual([]);
});

test.each(stageNames())('reports the placeholder of the pixel code in the shipped stages/%s.yml', (name) => {
  expect(deploymentProblems(readStage(name))).toContain(
    'destinations.default.pixelCode is a placeholder: replace it with your own value',
  );
});

test.each([
  [['destinations', 'shop-2'], { pixelCode: 'YOUR_OTHER_PIXEL' }, 'destinations.shop-2.pixelCode'],
  [['alarms', 'email'], 'YOUR_MAIL@example.com', 'alarms.email'],
  [
    ['pipelines', 'eventBridgeRules'],
    { paid: { bus: 'default', pattern: { source: ['YOUR_SHOP'] } } },
    'source.0',
  ],
  [
    ['sources'],
    {
      crm: {
        platform: 'custom',
        auth: { profile: 'standard-webhooks' },
        mapping: { event_name: "'YOUR_EVENT'" },
      },
    },
    'sources.crm.mapping.event_name',
  ],
] as const)('reports a placeholder in the setting %j', (path, value, setting) => {
  const problems = problemsWith([path, value]);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(setting);
  expect(problems[0]).not.toContain('YOUR_');
});

describe('alarms that notify nobody', () => {
  test('reports alarms that notify nobody', () => {
    expect(problemsWith([['alarms', 'email'], undefined])).toEqual([
      expect.stringMatching(/^alarms\.notify .* alarms\.email, or alarms\.subscribedElsewhere: true/),
    ]);
    expect(
      problemsWith([['alarms', 'email'], undefined], [['alarms', 'subscribedElsewhere'], false]),
    ).toHaveLength(1);
  });

  test('accepts alarms without addresses when you subscribe elsewhere or alarms do not notify', () => {
    const subscribed = [['alarms', 'subscribedElsewhere'], true] as const;
    expect(problemsWith([['alarms', 'email'], undefined], subscribed)).toEqual([]);
    expect(problemsWith([['alarms', 'email'], undefined], [['alarms', 'notify'], false])).toEqual([]);
  });
});

test.each([
  ['C9ABCDEFGHIJKLMNOPQ0', 'web', true],
  ['7123456789', 'app', true],
  ['short', 'web', false],
  ['YOUR_PIXEL_CODE', 'web', false],
  ['ABCDEFG123', 'web', false],
  ['a b', 'crm', false],
] as const)(
  'decides whether the code %s of a destination for %s looks real: %s',
  (code, eventSource, real) => {
    expect(looksReal(code, eventSource)).toBe(real);
  },
);

describe('a stage with a collector', () => {
  const collect = { origins: ['https://shop.example'] };
  const warningsWith = (api: object) =>
    deploymentWarnings({
      ...readStage('prod'),
      ...stageOf(collect),
      api: { ...readStage('prod').api, ...api },
    });
  const stageOf = (settings: object) => {
    const document = parseDocument(
      readFileSync(new URL('../../../stages/prod.yml', import.meta.url), 'utf8'),
    );
    document.set('collect', settings);
    return parseStage(String(document), 'stages/example.yml');
  };

  test('is warned when no browser can keep its cookies', () => {
    expect(warningsWith({})).toEqual([
      expect.stringMatching(/^collect without api.publicUrl or api.domain: browsers keep no cookie/),
    ]);
  });

  test('is fine behind a host of the shop', () => {
    expect(warningsWith({ publicUrl: 'https://shop.example/events' })).toEqual([]);
    expect(warningsWith({ domain: { name: 'e.shop.example', certificateArn: 'arn' } })).toEqual([]);
    expect(deploymentWarnings(readStage('prod'))).toEqual([]);
  });
});
