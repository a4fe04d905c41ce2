/**
 * The caller's own properties: texts, numbers and booleans, lists of these, and one more level of object. TikTok's travel
 * and vehicle parameters have these forms, such as `destination_ids` and `mileage: {value, unit}`.
 */
import * as z from 'zod/mini';
import { isNamedIdentifier } from '../../privacy/find-identifier.ts';
import { holdsContact } from '../../privacy/scrub-url.ts';
import { presentable } from '../../schema/explain-issues.ts';
import { isAbsent } from '../../schema/is-absent.ts';
import { isObject } from '../../schema/is-object.ts';
import { type FieldParser, field } from './field.ts';
import { identifierInText } from './parsers/text.ts';
import { text, upTo } from './shapes.ts';

const maxProperties = 100;
const maxItems = 100;
const maxTextLength = 2048;

type Scalar = string | number | boolean;
type Property = Scalar | Scalar[] | Record<string, Scalar>;

const propertyName = () => z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/));
const scalar = () => z.union([text(maxTextLength), z.number(), z.boolean()]);

const isSmall = (object: object): boolean => Object.keys(object).length <= maxProperties;

const innerObject = () => z.record(propertyName(), z.nullish(scalar())).check(z.refine(isSmall));
const inner = () => z.pipe(refusePrototypeKey<z.input<ReturnType<typeof innerObject>>>(), innerObject());

const outerObject = () =>
  z
    .record(propertyName(), z.nullish(z.union([scalar(), upTo(maxItems, scalar()), inner()])))
    .check(z.refine(isSmall));

const schema = () => z.pipe(refusePrototypeKey<z.input<ReturnType<typeof outerObject>>>(), outerObject());

/** zod drops a key `__proto__` from a record in silence; nothing that was sent may be lost unseen. */
function refusePrototypeKey<Input>() {
  return z.transform((input, { issues }) => {
    if (typeof input === 'object' && input !== null && Object.hasOwn(input, '__proto__'))
      issues.push({ code: 'custom', path: ['__proto__'], input });
    return input as Input;
  });
}

/** Custom properties leave in clear text: an entry with an e-mail address or a phone number is left out. */
const parseProperties: FieldParser<Readonly<Record<string, unknown>>, Record<string, Property>> = (
  input,
  context,
  field,
) => {
  const kept = Object.entries(input).filter(([name, value]) => {
    if (!isPersonal(name, value)) return true;
    context.omit('identifier_in_text', identifierInText, `${field}.${presentable(name)}`);
    return false;
  });
  // The schema has checked the types of all parts.
  return presentEntries(Object.fromEntries(kept)) as Record<string, Property> | undefined;
};

/** Also for digits below a name such as `phone`, and in every part of a list or an object. */
function isPersonal(name: string, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => isPersonal(name, item));
  if (isObject(value)) return Object.entries(value).some(([part, item]) => isPersonal(part, item));
  if (typeof value === 'string') return holdsContact(value) || isNamedIdentifier(name, value);
  return typeof value === 'number' && isNamedIdentifier(name, String(value));
}

/** @returns the value without what is empty; undefined when nothing is left */
function present(value: unknown): unknown {
  if (isAbsent(value)) return undefined;
  if (Array.isArray(value)) return nonEmpty(value.map(present).filter((item) => item !== undefined));
  if (isObject(value)) return presentEntries(value);
  return typeof value === 'string' ? value.trim() : value;
}

const nonEmpty = (list: unknown[]): unknown[] | undefined => (list.length > 0 ? list : undefined);

function presentEntries(object: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const entries = Object.entries(object)
    .map(([name, value]) => [name, present(value)] as const)
    .filter(([, value]) => value !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

export const customProperties = field(
  schema,
  `an object of up to ${maxProperties} texts, numbers or booleans, lists of up to ${maxItems} of these, or objects of these; names of letters, digits, _ . and -`,
  parseProperties,
  { to: 'properties', isSpread: true, isObject: true },
);
