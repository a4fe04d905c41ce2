/** TikTok's messages can echo what was sent. Of a message only the names of known fields are kept. */

const known = new Set(
  (
    'event event_time event_id event_source event_source_id test_event_code data user properties page app ad lead ' +
    'email phone external_id first_name last_name zip_code city state country ttclid ttp ip user_agent locale idfa ' +
    'idfv gaid att_status contents content_id content_ids content_type content_name content_category brand price ' +
    'quantity currency value num_items order_id shop_id query search_string description status delivery_category ' +
    'predicted_ltv customer_type url referrer app_id lead_id lead_event_source limited_data_use'
  ).split(' '),
);

const longestMessage = 2_000;
/** TikTok's usual words for a fault, in which `value` is no field. */
const phrase = /invalid value/gi;

/** @returns such as `contents, content_id`; undefined when the message names no field */
export function mentionedFields(message: string | undefined): string | undefined {
  if (message === undefined) return undefined;
  const words = message
    .slice(0, longestMessage)
    .replaceAll(phrase, ' ')
    .split(/[^a-z_]+/);
  const fields = [...new Set(words.filter((word) => known.has(word)))];
  return fields.length > 0 ? fields.join(', ') : undefined;
}
