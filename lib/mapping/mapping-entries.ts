/** The names of a mapping's entries: event fields, and the controls, which decide whether there is an event and how many. */
import { Misconfigured } from '../errors/app-error.ts';
import { type FieldName, fieldNames, fields } from '../events/fields/table.ts';
import { createNaming } from '../events/names/meant-name.ts';
import { isPayload, type Payload } from '../payload/values.ts';
import { nearestName } from '../schema/nearest-name.ts';

const controls = ['source.when', 'source.each', 'source.consent', 'source.paid_at'] as const;
export type Control = (typeof controls)[number];

/** `source: {when, each}` is the same as `source.when` and `source.each`. */
export function flattenControls(mapping: Payload): [string, unknown][] {
  return Object.entries(mapping).flatMap(([name, value]): [string, unknown][] =>
    name === 'source' && isPayload(value)
      ? Object.entries(value).map(([inner, expression]) => [`source.${inner}`, expression])
      : [[name, value]],
  );
}

export const isControl = (name: string): name is Control => (controls as readonly string[]).includes(name);

const naming = createNaming(fields);
const half = ({ length }: string) => Math.max(2, length / 2);

/** @throws Misconfigured that names the field and the closest known one */
export function knownField(name: string): FieldName {
  const field = fieldNames.find((known) => known === name);
  if (field !== undefined) return field;
  const meant =
    controls.find((control) => control === `source.${name}`) ??
    naming.meantBy(name) ??
    nearestName(name, [...fieldNames, ...controls], half);
  const remedy = meant === undefined ? 'docs/events.md lists them' : `did you mean ${meant}?`;
  throw new Misconfigured(`mapping.${name}`, `is not a field of an event: ${remedy}`);
}
