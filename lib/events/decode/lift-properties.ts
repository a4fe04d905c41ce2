/**
 * A custom property with the name of a field is that field, so that TikTok gets no currency that it refuses and no search
 * term with an e-mail address by this way.
 */
import { isAbsent } from '../../schema/is-absent.ts';
import { isObject } from '../../schema/is-object.ts';
import type { FieldTable } from '../fields/field.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * @returns a function that moves entries of `custom_properties` to the fields of `properties` with the same names. A field
 *   that the event has stays as it is. It never changes its input
 */
export function propertiesLifter(table: FieldTable): (input: Values) => Values {
  const named = new Set(
    Object.keys(table).filter((name) => table[name]?.to === 'properties' && table[name].isSpread !== true),
  );
  return (input) => {
    const custom = input.custom_properties;
    if (!isObject(custom) || !Object.keys(custom).some((name) => named.has(name))) return input;
    const entries = Object.entries(custom);
    const lifted = entries.filter(([name]) => named.has(name) && isAbsent(input[name]));
    const rest = entries.filter(([name]) => !named.has(name));
    return { ...input, ...Object.fromEntries(lifted), custom_properties: Object.fromEntries(rest) };
  };
}
