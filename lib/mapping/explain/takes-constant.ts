/** The entries that many stage files fill with a constant: there, a path to nothing is probably a constant without quotes. */
import type { FieldName } from '../../events/fields/table.ts';

const fields: ReadonlySet<string> = new Set<FieldName>([
  'event_name',
  'currency',
  'country',
  'city',
  'state',
  'locale',
  'brand',
  'content_category',
  'content_name',
  'content_type',
  'custom_properties',
  'customer_type',
  'delivery_category',
  'description',
  'shop_id',
  'status',
  'test_event_code',
  'consent',
]);

/** @param path such as `currency` or `custom_properties.channel` */
export const takesConstant = (path: string): boolean => fields.has(path.split('.')[0] ?? '');
