/** A stage file is refused with the setting and the remedy named, and never with its value. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { parseStage, readStage, StageError } from '../../../lib/config/read-stage.ts';
import { stageNames } from '../../../lib/config/stage-file.ts';

const prod = readFileSync(new URL('../../../stages/prod.yml', import.meta.url), 'utf8');

/** The file of prod with one setting set, or taken out when the value is undefined. */
function prodWith(path: readonly (string | number)[], value: unknown): string {
  const document = parseDocument(prod);
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, value);
  return String(document);
}

test.each(stageNames())('accepts the shipped stages/%s.yml', (name) => {
  expect(Object.keys(readStage(name).destinations)).toContain('default');
});

test('requires a comment for every setting of every stage file', () => {
  for (const name of stageNames()) {
    const lines = readFileSync(new URL(`../../../stages/${name}.yml`, import.meta.url), 'utf8').split('\n');
    const bare = lines.filter((line, index) => {
      const isSetting = /^ *[a-zA-Z]+: *[^ #]/.test(line);
      return isSetting && !line.includes('#') && !isExplained(lines, index);
    });
    expect(bare).toEqual([]);
  }
});

/** A comment directly above, or above the setting of the same group that comes first. */
function isExplained(lines: readonly string[], index: number): boolean {
  for (let at = index - 1; at >= 0 && lines[at]?.trim() !== ''; at -= 1) {
    if (lines[at]?.trim().startsWith('#')) return true;
  }
  return false;
}

describe('what is refused, and how it is said', () => {
  test.each<[string, readonly (string | number)[], unknown, string]>([
    ['a missing setting', ['region'], undefined, 'region is missing'],
    ['a missing group', ['queue'], undefined, 'queue is missing'],
    [
      'a misspelled setting',
      ['delivery', 'windowSecond'],
      5,
      'windowSecond is not a setting: did you mean windowSeconds?',
    ],
    [
      'a misspelled setting of a destination',
      ['destinations', 'default', 'pixelcode'],
      'X',
      'did you mean pixelCode?',
    ],
    ['a misspelled setting of an optional group', ['api', 'domain'], { nam: 'a.b' }, 'did you mean name?'],
    ['a setting like none', ['zebra'], 1, 'zebra is not a setting'],
    [
      'a role in place of a permissions boundary',
      ['permissionsBoundaryArn'],
      'arn:aws:iam::111122223333:role/tiktok-events-boundary',
      'permissionsBoundaryArn: expected the ARN of an IAM policy',
    ],
    ['text for a number', ['delivery', 'windowSeconds'], 'five', 'delivery.windowSeconds: expected a number'],
    [
      'a fraction for a whole number',
      ['delivery', 'windowSeconds'],
      1.5,
      'delivery.windowSeconds: expected a whole',
    ],
    ['no window at all', ['delivery', 'windowSeconds'], 0, 'delivery.windowSeconds: must be at least 1'],
    [
      'too much',
      ['delivery', 'maximumConcurrency'],
      1001,
      'delivery.maximumConcurrency: must be at most 1000',
    ],
    ['an empty list of steps', ['delivery', 'retryStepsSeconds'], [], 'must have at least 1 entry'],
    [
      'a long code',
      ['destinations', 'default', 'pixelCode'],
      'x'.repeat(129),
      'must have at most 128 characters',
    ],
    ['a word that is not of the list', ['logs', 'level'], 'WARN', 'logs.level: expected one of DEBUG, INFO'],
    [
      'a number for a text',
      ['destinations', 'default', 'pixelCode'],
      123,
      'pixelCode: expected text in quotes',
    ],
    [
      'a currency in lower case',
      ['destinations', 'default', 'currency'],
      'eur',
      'currency: expected an ISO 4217 code',
    ],
    [
      'a currency that TikTok does not take',
      ['destinations', 'default', 'currency'],
      'XAF',
      'currency: expected an ISO 4217 code that TikTok takes',
    ],
    ['a name with a space', ['destinations', 'my shop'], { pixelCode: 'X' }, 'this name may have letters'],
    ['a wildcard as origin', ['api', 'corsOrigins'], ['*'], 'api.corsOrigins[0]: expected an exact origin'],
    [
      'everybody as producer',
      ['pipelines', 'producers'],
      ['*'],
      'pipelines.producers[0]: expected an ARN of iam',
    ],
    ['a list for a group', ['api'], [1], 'api: expected settings, one per line'],
    [
      'plain http to TikTok',
      ['delivery', 'tiktokApiUrl'],
      'http://x.example',
      'delivery.tiktokApiUrl: expected an https',
    ],
    [
      'another host for the TikTok of a destination',
      ['destinations', 'default', 'tiktokApiUrl'],
      'https://tiktok.com.evil.example',
      'destinations.default.tiktokApiUrl: expected an https URL below tiktok.com',
    ],
    [
      'another host for TikTok',
      ['delivery', 'tiktokApiUrl'],
      'https://business-api.tiktok.com.example',
      'delivery.tiktokApiUrl: expected an https URL below tiktok.com',
    ],
    [
      'an unknown platform',
      ['sources'],
      { shop: { platform: 'magento' } },
      'sources.shop.platform: expected one of',
    ],
    [
      'a choice that a platform needs',
      ['sources'],
      { shop: { platform: 'shopify' } },
      'sources.shop.contentId is missing',
    ],
    ['no destination', ['destinations'], {}, 'destinations must have at least one entry'],
    [
      'a source to nowhere',
      ['sources'],
      { shop: { platform: 'shopify', destination: 'nowhere', contentId: 'sku' } },
      'sources.shop.destination must be the name of an entry of destinations',
    ],
    [
      'dead letters that expire early (promise 1)',
      ['queue', 'retentionDays'],
      5,
      'queue.deadLetterRetentionDays must be at least 10 days more',
    ],
    ['too few attempts (promise 4)', ['delivery', 'maxReceiveCount'], 90, 'must wait at least 24 hours'],
    [
      'attempts past the deduplication of TikTok',
      ['delivery', 'maxReceiveCount'],
      200,
      'must wait less than 39 hours',
    ],
    [
      'alarms in the wrong order',
      ['alarms', 'queueAgeWarningSeconds'],
      7200,
      'must be less than alarms.queueAge',
    ],
    [
      'a previous key that is no key',
      ['previousKmsKeyArns'],
      ['alias/tiktok'],
      'previousKmsKeyArns[0]: expected an ARN of kms',
    ],
    [
      'an origin secret in place of its digest',
      ['api', 'originSecretSha256'],
      ['my-secret'],
      'api.originSecretSha256[0]: expected the SHA-256 of a secret, as 64 lower-case hex digits',
    ],
    [
      'the digest of an empty origin secret',
      ['api', 'originSecretSha256'],
      ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
      'api.originSecretSha256[0]: is the SHA-256 of an empty text',
    ],
    [
      'the digest of a mere line break as origin secret',
      ['api', 'originSecretSha256'],
      ['01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b'],
      'api.originSecretSha256[0]: is the SHA-256 of an empty text',
    ],
    [
      'an origin secret without the address of the proxy',
      ['api', 'originSecretSha256'],
      ['ab'.repeat(32)],
      'api.originSecretSha256 needs api.publicUrl',
    ],
    [
      'three origin secrets',
      ['api', 'originSecretSha256'],
      Array.from({ length: 3 }, () => 'ab'.repeat(32)),
      'api.originSecretSha256: must have at most 2 entries',
    ],
    [
      'no origin secret',
      ['api', 'originSecretSha256'],
      [],
      'api.originSecretSha256: must have at least 1 entry',
    ],
    [
      'concurrency reserved for deliver',
      ['reservedConcurrency'],
      { deliver: 5 },
      'reservedConcurrency.deliver is not a setting',
    ],
    [
      'a function that may never run',
      ['reservedConcurrency'],
      { ingest: 0 },
      'reservedConcurrency.ingest: must be',
    ],
    [
      'more silence than CloudWatch looks back',
      ['alarms', 'quietHours'],
      169,
      'alarms.quietHours: must be at most 168',
    ],
    ['a region that AWS does not have', ['region'], 'eu-central-9', 'region: expected an AWS region'],
    [
      'a customer key of another region',
      ['kmsKeyArn'],
      'arn:aws:kms:us-east-1:111122223333:key/1111aaaa',
      'kmsKeyArn must be in the region',
    ],
    [
      'a previous key of another region',
      ['previousKmsKeyArns'],
      ['arn:aws:kms:us-east-1:111122223333:key/1111aaaa'],
      'previousKmsKeyArns[0] must be in the region',
    ],
    [
      'a certificate of another region',
      ['api', 'domain'],
      {
        name: 'events.example.com',
        certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1111aaaa',
      },
      'api.domain.certificateArn must be in the region',
    ],
    ['an account without quotes', ['accountId'], 111122223333, 'accountId: expected text in quotes'],
    ['an account of 11 digits', ['accountId'], '11112222333', 'accountId: expected the 12 digits'],
    [
      'a watch of a minute',
      ['rollbackOnAlarm'],
      { minutes: 1 },
      'rollbackOnAlarm.minutes: must be at least 5',
    ],
  ])('rejects a stage file with %s', (_, path, value, sentence) => {
    expect(() => parseStage(prodWith(path, value), 'stages/x.yml')).toThrow(sentence);
  });

  test('reports all errors of a stage file at once, under its name', () => {
    const twice = parseDocument(prodWith(['region'], undefined));
    twice.setIn(['logs', 'level'], 'LOUD');
    expect(() => parseStage(String(twice), 'stages/x.yml')).toThrow(
      'stages/x.yml cannot be used:\n  - region is missing\n  - logs.level: expected one of DEBUG, INFO',
    );
  });

  test('rejects a key that is both the present and a previous one', () => {
    const key = 'arn:aws:kms:eu-central-1:111122223333:key/1111aaaa';
    const document = parseDocument(prodWith(['kmsKeyArn'], key));
    document.setIn(['previousKmsKeyArns'], [`${key}b`]);
    expect(parseStage(String(document), 'x').previousKmsKeyArns).toEqual([`${key}b`]);
    document.setIn(['previousKmsKeyArns'], [`${key}b`, key]);
    expect(() => parseStage(String(document), 'x')).toThrow('previousKmsKeyArns must not contain kmsKeyArn');
  });

  test('promise 5: repeats no value of a stage file in an error', () => {
    const secret = 'someone@example.com';
    expect(() => parseStage(prodWith(['delivery', 'windowSeconds'], secret), 'x')).not.toThrow(secret);
    expect(() => parseStage(prodWith(['delivery', 'windowSeconds'], secret), 'x')).toThrow(StageError);
  });

  test('reports the line of a stage file that is not YAML', () => {
    expect(() => parseStage('region: eu-central-1\napi: [', 'stages/x.yml')).toThrow(
      /stages\/x\.yml, line 2: not valid/,
    );
  });

  test('reports every missing setting of an empty stage file', () => {
    expect(() => parseStage('', 'stages/x.yml')).toThrow('the file: expected settings, one per line');
  });

  test.each(['Prod', '../secrets', 'local', '', '1st'])('rejects %j as the name of a stage', (name) => {
    expect(() => readStage(name)).toThrow('a stage name has 1 to 32 lower-case letters');
  });

  test('rejects a stage name of 33 characters with the limit', () => {
    expect(() => readStage('x'.repeat(33))).toThrow('the stage name has 33 characters: 32 is the limit');
  });

  test('explains how to create the file of a stage that has none', () => {
    expect(() => readStage('qa')).toThrow('there is no stages/qa.yml: copy stages/prod.yml');
  });
});
