/** The section `syncs` of a stage file: what is refused before anything is deployed. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { checkMappings, parseStage } from '../../../lib/config/read-stage.ts';

const prod = readFileSync(new URL('../../../stages/prod.yml', import.meta.url), 'utf8');
const file = 'stages/x.yml';

const orders = {
  engine: 'athena',
  database: 'shop',
  query: 'select * from orders',
  schedule: 'rate(1 hour)',
};

function stageWith(syncs: unknown, sources: unknown = {}) {
  const document = parseDocument(prod);
  document.set('syncs', syncs);
  document.set('sources', sources);
  return parseStage(String(document), file);
}

const refusal = (syncs: unknown, sources?: unknown): string => {
  try {
    stageWith(syncs, sources);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

test('a stage without the section has no syncs', () => {
  expect(parseStage(prod, file)).toMatchObject({ syncs: {}, memoryMb: { sync: 512 } });
});

test('a sync of a few lines has defaults for the rest', () => {
  expect(stageWith({ orders }).syncs.orders).toMatchObject({
    workgroup: 'primary',
    catalog: 'AwsDataCatalog',
    destination: 'default',
    mode: 'insert',
    notices: { rejectedPercent: 5, emptyRuns: 0 },
  });
});

describe('a stage file is refused', () => {
  test.each([
    [
      'a destination that does not exist',
      { orders: { ...orders, destination: 'other' } },
      'syncs.orders.destination must be the name of an entry of destinations',
    ],
    [
      'from without a cursor',
      { orders: { ...orders, from: '2026-01-01' } },
      'syncs.orders.from is a value of the cursor: add syncs.orders.cursor',
    ],
    [
      'a column to leave out that is no event field',
      { orders: { ...orders, exclude: ['email', 'order_total'] } },
      'syncs.orders.exclude[1] must be the name of an event field, such as email',
    ],
    ['a reserved name', { queue: orders }, 'syncs.queue needs another name: queue means something else'],
    ['a name with capitals', { Orders: orders }, 'a name has 1 to 32 lower-case letters'],
  ])('for %s', (_says, syncs, message) => {
    expect(refusal(syncs)).toContain(message);
  });

  test('for a sync with the name of a source', () => {
    const sources = { orders: { platform: 'shopify', contentId: 'sku' } };
    expect(refusal({ orders }, sources)).toContain('syncs.orders needs another name than sources.orders');
    expect(refusal({ crm: orders }, sources)).toBe('');
  });
});

test.each(['prod', 'staging', 'dev'])(
  'the example in the stage file of %s can be used as it is',
  async (name) => {
    const text = readFileSync(new URL(`../../../stages/${name}.yml`, import.meta.url), 'utf8');
    const [example = ''] = /^# syncs:\n(?:#.*\n)+/m.exec(text) ?? [];
    const stage = parseStage(text.replace(example, example.replaceAll(/^# /gm, '')), file);
    expect(stage.syncs.orders).toMatchObject({ cursor: 'updated_at', scheduleTimezone: 'Europe/Berlin' });
    await expect(checkMappings(stage, file)).resolves.toBeUndefined();
  },
);

describe('the mapping of a sync', () => {
  const checked = (mapping: object, more: object = {}) =>
    checkMappings(stageWith({ orders: { ...orders, mapping, ...more } }), file);

  test('is compiled before a deployment', async () => {
    await expect(checked({ event_name: "'Purchase'", value: 'total' })).resolves.toBeUndefined();
    await expect(checked({ event_name: '[' })).rejects.toThrow('syncs.orders.mapping.event_name');
    await expect(checked({ evnt_name: 'name' })).rejects.toThrow('syncs.orders.mapping.evnt_name');
  });

  test('may leave out columns that have the name of a field', async () => {
    await expect(checked({}, { exclude: ['email'] })).resolves.toBeUndefined();
  });
});
