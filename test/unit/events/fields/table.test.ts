/** What callers read of each field, in errors and in the OpenAPI document: changed on purpose only. */
import { expect, test } from 'vitest';
import { fields } from '../../../../lib/events/fields/table.ts';

test('describes the expected value of every field', () => {
  const lines = Object.entries(fields).map(([name, { expects }]) => `${name}: ${expects}`);
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "event_name: the event's name, such as Purchase: text of 1 to 100 characters
    event_id: your stable id of this conversion, the one the browser pixel sends too: text of 1 to 256 characters, or an integer
    event_time: when it happened: Unix seconds or milliseconds, or ISO 8601 with an offset
    email: e-mail address, one or a list of up to 10
    phone: phone number, one or a list of up to 10
    external_id: your id of the person, one or a list of up to 10
    hashed_email: SHA-256 of the normalized e-mail address, one or a list of up to 10: 64 lower-case hex characters each
    hashed_phone: SHA-256 of the phone number in E.164 form with +, one or a list of up to 10: 64 lower-case hex characters each
    hashed_external_id: SHA-256 of the external id, one or a list of up to 10: 64 lower-case hex characters each
    first_name: first name: text of up to 256 characters
    last_name: last name: text of up to 256 characters
    zip_code: postal code: text of up to 64 characters, or an integer
    city: city: text of up to 256 characters
    state: state or province, best as two letters: text of up to 128 characters
    country: country: ISO 3166-1 code such as DE, or its name
    ttclid: TikTok's click id: text of up to 1024 characters
    ttp: value of the _ttp cookie: text of up to 256 characters
    ip: the visitor's IPv4 or IPv6 address
    user_agent: the visitor's user agent: text of up to 2048 characters
    locale: BCP 47 language tag: text of up to 64 characters
    idfa: Apple's advertising id: a UUID, or its SHA-256 digest
    idfv: Apple's vendor id: a UUID, or its SHA-256 digest
    gaid: Google's advertising id: a UUID, or its SHA-256 digest
    att_status: AUTHORIZED, DENIED, NOT_DETERMINED, RESTRICTED or NOT_APPLICABLE
    value: value of the whole conversion: a number of 0 or more
    currency: ISO 4217 currency code
    content_id: the product's id in your TikTok catalog: text of up to 256 characters, or an integer
    content_name: the product's name: text of up to 1024 characters
    content_category: the product's category: text of up to 512 characters
    brand: the product's brand: text of up to 256 characters
    price: price of one unit: a number of 0 or more
    quantity: number of units: a whole number of 0 or more
    contents: products: a list of up to 200 objects of content_id, content_name, content_category, brand, price, quantity
    content_type: product or product_group
    content_ids: catalog ids: a list of up to 200
    num_items: number of items: a whole number of 0 or more
    order_id: the order's id: text of up to 256 characters, or an integer
    shop_id: the shop's id: text of up to 256 characters, or an integer
    query: search term, older name: text of up to 1024 characters
    search_string: search term: text of up to 1024 characters
    description: description: text of up to 2048 characters
    status: status: text of up to 128 characters
    delivery_category: in_store, curbside or home_delivery
    predicted_ltv: predicted lifetime value: a number of 0 or more
    customer_type: new or returning
    custom_properties: an object of up to 100 texts, numbers or booleans, lists of up to 100 of these, or objects of these; names of letters, digits, _ . and -
    page_url: address of the page: an absolute http or https address of up to 4096 characters
    page_referrer: address of the referring page: an absolute http or https address of up to 4096 characters
    app: an object of app_id, app_name, app_version
    ad: an object of TikTok's ad fields, such as callback and campaign_id
    lead: an object of lead_id, lead_event_source
    limited_data_use: true or false
    consent: the visitor's choice about advertising: granted or denied
    test_event_code: code of Events Manager's test page: text of up to 64 characters
    destination: name of a configured destination"
  `);
});

// One test, so that it is the only one that builds these schemas.
test('accepts exactly the documented values in each field with a closed list', () => {
  const choicesOf = (name: 'att_status' | 'delivery_category' | 'customer_type') =>
    Object.values(fields[name].schema().def.options[0].def.entries);
  expect(choicesOf('att_status')).toEqual([
    'AUTHORIZED',
    'DENIED',
    'NOT_DETERMINED',
    'RESTRICTED',
    'NOT_APPLICABLE',
  ]);
  expect(choicesOf('delivery_category')).toEqual(['in_store', 'curbside', 'home_delivery']);
  expect(choicesOf('customer_type')).toEqual(['new', 'returning']);
});
