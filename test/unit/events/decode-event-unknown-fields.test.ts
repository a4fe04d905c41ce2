/** An unknown field is named, with the field that was meant; what is not fit to repeat is only counted off. */
import { describe, expect, it } from 'vitest';
import { errorsOf, least, parse } from '../../support/events.ts';
import { large } from '../../support/runs.ts';

const ask = 'this field is not known: see the list of fields in /v1/openapi.json';

describe('a misspelt field', () => {
  it.each([
    ['eventName', 'event_name'],
    ['eMail', 'email'],
    ['Email', 'email'],
    ['curency', 'currency'],
    ['event-id', undefined],
    ['email_address', 'email'],
    ['phoneNumber', 'phone'],
    ['phones', 'phone'],
    ['TTCLID', 'ttclid'],
    ['pageUrl', 'page_url'],
    ['zip', 'zip_code'],
    ['hashed_emails', 'hashed_email'],
    ['customProperties', 'custom_properties'],
    ['custom_propertys', 'custom_properties'],
    ['aad', 'ad'],
    ['axx', undefined],
    ['completely_different', undefined],
    ['constructor', undefined],
  ])('%s means %s', (name, meant) => {
    const [issue, ...more] = errorsOf({ [name]: 'x' });
    expect(more).toEqual([]);
    expect(issue?.code).toBe('unknown_field');
    expect(issue?.message).toBe(meant ? `this field is not known: did you mean ${meant}?` : ask);
  });

  it.each([
    ['contents', [{}, { contentId: 'a' }], 'contents[1].contentId', 'content_id'],
    ['contents', [{ prise: 1 }], 'contents[0].prise', 'price'],
    ['app', { appId: 'a' }, 'app.appId', 'app_id'],
    ['ad', { campaign: 'a' }, 'ad.campaign', 'campaign_id'],
    ['ad', { budget: 'a' }, 'ad.budget', undefined],
    ['ad', { callbak: 'a' }, 'ad.callbak', 'callback'],
    ['lead', { leadid: 'a' }, 'lead.leadid', 'lead_id'],
  ])('inside %s %o is named as %s and means %s', (name, value, field, meant) => {
    const message = meant ? `this field is not known: did you mean ${meant}?` : ask;
    expect(errorsOf({ [name]: value })).toEqual([{ field, code: 'unknown_field', message }]);
  });
});

describe('a name that is not fit to repeat', () => {
  it.each([
    'jane@example.com',
    '',
    ' ',
    '1st',
    'x'.repeat(65),
    'a b',
    'ünï',
    '<script>',
    'a\n',
    'phone_2133734253',
  ])('%j is told by its position only', (name) => {
    expect(errorsOf({ [name]: 1 })).toEqual([
      { field: expect.stringMatching(/^\(field [13]\)$/), code: 'unknown_field', message: ask },
    ]);
  });

  it('inside an object is told by its position there', () => {
    expect(errorsOf({ contents: [{}, { price: 1, 'jane doe': 1 }] })).toEqual([
      { field: 'contents[1].(field 2)', code: 'unknown_field', message: ask },
    ]);
    expect(errorsOf({ app: { 'jane doe': 1 } })[0]?.field).toBe('app.(field 1)');
  });
});

describe('names of the language', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '%s is an unknown field and pollutes nothing',
    (name) => {
      const input = JSON.parse(`{"event_name":"Lead","ttclid":"a","${name}":{"isAdmin":true}}`);
      expect(parse(input)).toEqual({
        ok: false,
        errors: [{ field: name, code: 'unknown_field', message: ask }],
      });
      expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
    },
  );

  it('among custom properties pollute nothing', () => {
    const input = JSON.parse(`{"event_name":"Lead","ttclid":"a","custom_properties":{"constructor":"c"}}`);
    const parsed = parse(input);
    expect(parsed.ok && parsed.event.custom_properties).toEqual({ constructor: 'c' });
  });
});

describe('an answer stays small', () => {
  it('of 300,000 unknown fields 20 are told, in bounded time', () => {
    const input: Record<string, unknown> = { ...least };
    for (let n = 0; n < large(300_000); n += 1) input[`field_${n}`] = n;
    const errors = errorsOf(input);
    expect(errors).toHaveLength(20);
    expect(JSON.stringify(errors).length).toBeLessThan(4096);
  }, 60_000);

  it('of 200 faulty products 20 are told, by the schema and by the readers', () => {
    expect(errorsOf({ contents: Array.from({ length: 200 }, () => ({ price: true })) })).toHaveLength(20);
    expect(errorsOf({ contents: Array.from({ length: 200 }, () => ({ price: 'x' })) })).toHaveLength(20);
    expect(errorsOf({ contents: Array.from({ length: 200 }, () => ({ a: 1, b: 2, c: 3 })) })).toHaveLength(
      20,
    );
  });

  it('all faults of an event are told at once', () => {
    const fields = errorsOf({ email: 'x', phone: 'y', ip: 'z', value: 'q' }).map(({ field }) => field);
    expect(fields.toSorted()).toEqual(['email', 'ip', 'phone', 'value']);
  });
});

describe('a deeply nested value', () => {
  it.each(['email', 'contents', 'custom_properties', 'app', 'nowhere'])(
    'in %s is refused, not followed',
    (name) => {
      const depth = large(1_000_000);
      const deep = JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
      expect(errorsOf({ [name]: deep })).toHaveLength(1);
      expect(errorsOf({ [name]: { a: deep } }).length).toBeGreaterThan(0);
    },
  );
});
