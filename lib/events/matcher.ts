/**
 * A fast yes for a zod schema. Nearly all events are right, and zod takes ten times as long to find that out, since it
 * visits every absent field. A "no" is left to zod to decide and explain: the schema is where the rules are written.
 */
import type * as z from 'zod/mini';

/** True only for a value that the schema takes and leaves as it is; false means "ask the schema". */
export type Matcher = (value: unknown) => boolean;

const askSchema: Matcher = () => false;

/** @param schema one without transforms and defaults; of kinds and checks not known here nothing matches */
export function matcherOf(schema: z.core.$ZodType): Matcher {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const checks = (def.checks ?? []).map((check) => checkMatcher((check as z.core.$ZodChecks)._zod.def));
  return [kindMatcher(def), ...checks].reduce(both);
}

function kindMatcher(def: z.core.$ZodTypes['_zod']['def']): Matcher {
  switch (def.type) {
    case 'string':
      return (value) => typeof value === 'string';
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'number':
      return 'format' in def && def.format === 'safeint' ? Number.isSafeInteger : Number.isFinite;
    case 'literal':
      return (value) => (def.values as unknown[]).includes(value);
    case 'enum':
      return (value) => Object.values(def.entries).includes(value as string);
    case 'optional':
      return either(matcherOf(def.innerType), (value) => value === undefined);
    case 'nullable':
      return either(matcherOf(def.innerType), (value) => value === null);
    case 'union':
      return def.options.map(matcherOf).reduce(either);
    case 'array':
      return listMatcher(matcherOf(def.element));
    case 'object':
      return objectMatcher(def);
    default:
      return askSchema;
  }
}

function checkMatcher(def: z.core.$ZodChecks['_zod']['def']): Matcher {
  switch (def.check) {
    case 'max_length':
      return (value) => (value as string).length <= def.maximum;
    case 'min_length':
      return (value) => (value as string).length >= def.minimum;
    case 'string_format': {
      const { pattern } = def;
      return pattern === undefined || pattern.global ? askSchema : (value) => pattern.test(value as string);
    }
    default:
      return askSchema;
  }
}

const both =
  (first: Matcher, second: Matcher): Matcher =>
  (value) =>
    first(value) && second(value);

const either =
  (first: Matcher, second: Matcher): Matcher =>
  (value) =>
    first(value) || second(value);

const listMatcher =
  (matches: Matcher): Matcher =>
  (value) =>
    Array.isArray(value) && value.every(matches);

function objectMatcher({ shape, catchall }: z.core.$ZodObjectDef): Matcher {
  if (Object.keys(shape).length === 0 && catchall?._zod.def.type === 'unknown') return isObject;
  const isStrict = catchall?._zod.def.type === 'never';
  const matchers = new Map(Object.entries(shape).map(([name, schema]) => [name, matcherOf(schema)]));
  const required = Object.keys(shape).filter((name) => shape[name]?._zod.optin === undefined);
  return (value) => {
    if (!isObject(value)) return false;
    for (const name in value) {
      const matches = matchers.get(name);
      if (matches === undefined ? isStrict : !matches(value[name])) return false;
    }
    return required.every((name) => value[name] !== undefined);
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
