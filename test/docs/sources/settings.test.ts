/** The settings tables of the guides are complete: every setting of a schema, with its default, choices and placeholders. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { commonShape } from '../../../lib/webhooks/common-settings.ts';
import { authSchema } from '../../../lib/webhooks/custom/auth-settings.ts';
import { platforms } from '../../../lib/webhooks/platforms.ts';
import type { Json } from '../../support/webhooks/webhook-bodies.ts';
import { readPage, tableOf } from '../pages.ts';

interface Schema {
  readonly properties: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
}
interface Property {
  readonly default?: unknown;
  readonly enum?: readonly string[];
}

const schemaOf = (type: z.core.$ZodType): Schema =>
  z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as unknown as Schema;

const everySource = 'docs/webhooks.md';
const guideOf = (platform: string): string =>
  `docs/sources/${platform === 'standard' ? 'standard-webhooks' : platform}.md`;

const common = schemaOf(z.strictObject(commonShape()));
const platformTables = platforms.map(
  ({ name, settings }) =>
    [name, guideOf(name), '| Setting | Default | |', own(schemaOf(settings()))] as const,
);
const { oneOf: profiles } = z.toJSONSchema(authSchema(), { io: 'input' }) as unknown as { oneOf: Schema[] };
const profileTables = profiles.map((profile) => {
  const name = (profile.properties.profile as { const?: string }).const ?? '';
  const { profile: _, ...properties } = profile.properties;
  const schema = { properties, required: (profile.required ?? []).filter((one) => one !== 'profile') };
  return [`profile ${name}`, guideOf('custom'), `| \`profile: ${name}\` | Default | |`, schema] as const;
});

describe.each([
  ['every source', everySource, '| Setting | Default | |', common] as const,
  ...platformTables,
  ...profileTables,
])('the settings table of %s', (_name, path, head, schema) => {
  const page = readPage(path);
  const rows = rowsOf(tableOf(page, head)).filter(([name]) => name !== '`platform`');

  test(`in ${path} has every setting and no other`, () => {
    expect(rows.flatMap(([names]) => codeIn(names)).sort()).toEqual(Object.keys(schema.properties).sort());
  });

  test.each(rows)(`in ${path} has the right default of %s`, (cell, given) => {
    const names = codeIn(cell);
    const defaults = names.flatMap((name) => shown(schema.properties[name]?.default));
    if (defaults.length > 0) expect(given === 'any' ? ['any'] : codeIn(given)).toEqual(defaults);
    const isRequired = names.some((name) => schema.required?.includes(name));
    if (isRequired) expect(['**choose**', '**required**', '–']).toContain(given);
  });

  test(`in ${path} is on a page that names every choice`, () => {
    const choices = Object.values(schema.properties).flatMap((property) => property.enum ?? []);
    expect(choices.filter((choice) => !page.includes(`\`${choice}\``))).toEqual([]);
  });
});

const withIds = platforms.filter(({ settings }) => 'eventId' in schemaOf(settings()).properties);

test.each(withIds)('the guide of $name names every placeholder of eventId', ({ name, settings }) => {
  const wrong: Json = { platform: name, eventId: '{nothing}' };
  const message = settings()
    .safeParse(wrong)
    .error?.issues.find(({ path }) => path[0] === 'eventId')?.message;
  const placeholders = message?.match(/^may use (.+) and attribute\./)?.[1]?.split(', ') ?? [];
  expect(placeholders.length).toBeGreaterThan(1);
  const page = readPage(guideOf(name));
  expect(placeholders.filter((one) => !new RegExp(`[\`{|]${one}[\`}\\\\|]`).test(page))).toEqual([]);
});

/** Without the settings that every source has; `mapping` stays where the guide must say that it is required. */
function own({ properties, required = [] }: Schema): Schema {
  const isOwn = (name: string): boolean =>
    name !== 'platform' && (!(name in common.properties) || required.includes(name));
  const kept = Object.entries(properties).filter(([name]) => isOwn(name));
  return { properties: Object.fromEntries(kept), required: required.filter(isOwn) };
}

/** A default as a guide writes it in YAML; an empty list allows any. */
function shown(value: unknown): string[] {
  if (value === undefined || value === '') return [];
  if (!Array.isArray(value)) return [String(value)];
  if (value.length === 0) return ['any'];
  return value.includes('*') ? ["['*']"] : value.map(String);
}

const rowsOf = (table: string): [name: string, given: string][] =>
  table
    .split('\n')
    .slice(2)
    .map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').trim()))
    .map(([, name = '', given = '']) => [name, given]);

const codeIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
