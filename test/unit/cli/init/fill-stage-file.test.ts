import { expect, test } from 'vitest';
import { fillStageFile, isUntouched } from '../../../../cli/init/fill-stage-file.ts';
import { type Answers, questions } from '../../../../cli/init/questions.ts';
import { deploymentProblems } from '../../../../lib/config/deployment-problems.ts';
import { parseStage } from '../../../../lib/config/read-stage.ts';
import { readStageText, stageNames } from '../../../../lib/config/stage-file.ts';

const answers: Answers = {
  region: 'us-east-1',
  pixelCode: 'C4A1B2C3D4E5F6G7H8I9',
  currency: 'NOK',
  country: 'NO',
  alarmEmail: "o'neil#1@example.com",
  shopOrigin: 'https://www.shop.example',
};
const prod = readStageText('prod') ?? '';

test.each(stageNames())('the delivered file %s with all answers can be deployed', (name) => {
  const text = readStageText(name) ?? '';
  expect(isUntouched(text)).toBe(true);
  const filled = fillStageFile(text, 'eu', answers);
  const stage = parseStage(filled, 'stages/eu.yml');
  expect(stage).toMatchObject({
    region: 'us-east-1',
    destinations: { default: { pixelCode: answers.pixelCode, currency: 'NOK', country: 'NO' } },
    alarms: { email: answers.alarmEmail },
    collect: { origins: ['https://www.shop.example'], cookieDomain: 'shop.example' },
  });
  expect(deploymentProblems(stage)).toEqual([]);
  expect(isUntouched(filled)).toBe(false);
});

test('a stage without an address says that the alarm topic is subscribed elsewhere', () => {
  const stage = parseStage(fillStageFile(prod, 'eu', { ...answers, alarmEmail: '' }), 'stages/eu.yml');
  expect(stage.alarms).toMatchObject({ subscribedElsewhere: true });
  expect(deploymentProblems(stage)).toEqual([]);
});

test('a stage without an origin of the shop has no collector', () => {
  const filled = fillStageFile(prod, 'eu', { ...answers, shopOrigin: '' });
  expect(parseStage(filled, 'stages/eu.yml').collect).toBeUndefined();
});

test('only the lines of the answers change', () => {
  const filled = fillStageFile(prod, 'eu', answers).split('\n');
  const changed = prod.split('\n').filter((line, index) => line !== filled[index]);
  expect(filled).toHaveLength(prod.split('\n').length);
  expect(changed).toHaveLength(10);
});

test.each([
  { name: 'region', wrong: 'eu-centrl-1', says: /did you mean eu-central-1/ },
  { name: 'region', wrong: 'Frankfurt', says: /not a region of AWS/ },
  { name: 'pixelCode', wrong: 'YOUR_PIXEL_CODE', says: /capital letters and digits/ },
  { name: 'currency', wrong: 'EURO', says: /currency that TikTok accepts/ },
  { name: 'country', wrong: 'ZZ', says: /two letters of a country/ },
  { name: 'alarmEmail', wrong: 'oncall', says: /e-mail address/ },
  { name: 'shopOrigin', wrong: 'shop.example', says: /exact origin such as https:/ },
  { name: 'shopOrigin', wrong: 'https://shop.example/cart', says: /exact origin/ },
] as const)('$wrong as $name breaks a rule that is named', ({ name, wrong, says }) => {
  const { tidy, breaks } = questions[name];
  expect(breaks(tidy(wrong))).toMatch(says);
});

test.each([
  { name: 'currency', typed: ' eur ', answer: 'EUR' },
  { name: 'country', typed: 'de', answer: 'DE' },
  { name: 'shopOrigin', typed: 'https://Shop.example/ ', answer: 'https://shop.example' },
] as const)('$typed as $name is written as $answer', ({ name, typed, answer }) => {
  const { tidy, breaks } = questions[name];
  expect(tidy(typed)).toBe(answer);
  expect(breaks(answer)).toBeUndefined();
});

test.each(Object.values(questions))('the usual answer of $flag follows its rule', ({ usual, breaks }) => {
  if (usual !== undefined) expect(breaks(usual)).toBeUndefined();
});
