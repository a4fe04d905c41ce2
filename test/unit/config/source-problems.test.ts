import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parseStage } from '../../../lib/config/read-stage.ts';

const dev = readFileSync('stages/dev.yml', 'utf8');
const problemsOf = (source: unknown): string => {
  try {
    parseStage(dev.replace('sources: {}', stringify({ sources: { shop: source } })), 'stages/dev.yml');
    return '';
  } catch (error) {
    return String(error);
  }
};
const mapping = { event_name: "'Lead'" };
const hmac = (auth: object) => ({ platform: 'custom', mapping, auth: { profile: 'hmac', ...auth } });
const at = (text: string) => `\n  - sources.shop.${text}`;

test.each([
  ['an unknown platform', { platform: 'shopfy' }, at('platform: expected one of shopify, woocommerce, ')],
  [
    'an unknown profile',
    hmac({ profile: 'hmac-sha256', header: 'x' }),
    at('auth.profile: expected one of hmac, standard-webhooks, static-token'),
  ],
  ['two places', hmac({ header: 'x', query: 'y' }), at('auth.header or query must be given, and only one')],
  ['a header with its colon', hmac({ header: 'x:' }), at('auth.header: expected the name of a header alone')],
  [
    'a template without the body',
    hmac({ header: 'x', signedTemplate: 'a' }),
    at('auth.signedTemplate: expected a template with {body}'),
  ],
  [
    'an unknown placeholder',
    hmac({ header: 'x', signedTemplate: '{time}{body}' }),
    at('auth.signedTemplate: expected no other braces than {body}, {timestamp} and {header:name}'),
  ],
  [
    'a shop with its protocol',
    { platform: 'shopify', contentId: 'sku', shops: ['https://a.myshopify.com'] },
    at('shops[0]: expected a host name in lower case'),
  ],
])('says in words what is expected in place of %s', (_what, source, problem) => {
  expect(problemsOf(source)).toContain(problem);
});

test('shows no regular expression for a wrong setting of a source', () => {
  const wrong = { header: 'a b', fields: { signature: 'a b' }, timestampHeader: 'a b', signedTemplate: '{' };
  expect(problemsOf(hmac(wrong))).not.toMatch(/\/\^|\\w/);
});
