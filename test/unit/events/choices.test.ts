/** The closed lists of TikTok's reference; one test, so that it is the one that makes their schemas. */
import { expect, it } from 'vitest';
import { fields } from '../../../lib/events/fields/table.ts';

it('a field with a closed list takes these and no others', () => {
  const choicesOf = (name: 'att_status' | 'delivery_category' | 'customer_type') =>
    Object.values(fields[name].schema().def.entries);
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
