/** The customer of a Shopify order, and the address of the made-up person. */
import { digits, emailOf, type Facts, phoneOf } from '../facts.ts';
import { countryName } from '../price.ts';
import { type Json, staticPart } from '../sample.ts';
import { zonedTime } from '../times.ts';

/** In the United States with a state; elsewhere the made-up address has none. */
export function addressOf(facts: Facts): Json {
  const { first_name, last_name, country } = facts;
  const state = country === 'US' ? (['New York', 'NY'] as const) : ([null, null] as const);
  return {
    ...(staticPart('shopify/order').billing_address as Json),
    first_name,
    last_name,
    name: `${first_name} ${last_name}`,
    phone: phoneOf(facts),
    country: countryName(country),
    country_code: country,
    province: state[0],
    province_code: state[1],
  };
}

/** @returns the customer as it is inside of an order; orders_count and last_order_id are gone since 2025-01 */
export function shopifyCustomer(facts: Facts): Json {
  const id = digits(emailOf(facts) ?? facts.seed, 'customer', 13);
  const address = addressOf(facts);
  const { first_name, last_name, placed, currency } = facts;
  return {
    ...staticPart('shopify/customer'),
    id,
    admin_graphql_api_id: `gid://shopify/Customer/${id}`,
    created_at: zonedTime(placed),
    updated_at: zonedTime(placed),
    first_name,
    last_name,
    email: emailOf(facts),
    phone: phoneOf(facts),
    currency,
    default_address: {
      id: digits(facts.seed, 'address', 13),
      customer_id: id,
      ...address,
      country_name: address.country,
      default: true,
    },
  };
}
