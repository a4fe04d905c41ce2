/** The shape of an event, made from the table of fields: a fast yes, and zod where that is not enough. */
import * as z from 'zod/mini';
import { lazily } from '../../schema/lazy/lazily.ts';
import { matcherOf } from '../../schema/matcher.ts';
import { misfitFinder } from '../../schema/misfits.ts';
import type { FieldTable } from '../fields/field.ts';
import { objectSchema } from '../fields/rows.ts';
import type { EventFields } from '../fields/table.ts';

/** Strict: a name that is not in the table is an error. */
export const createEventSchema = (table: EventFields) =>
  lazily(() => z.extend(objectSchema(table), { event_name: table.event_name.schema() }));

/** Finds the fields of an event whose values the schema does not accept unchanged. */
export const createMisfitFinder = (table: FieldTable) =>
  misfitFinder(
    new Map(Object.entries(table).map(([name, { schema }]) => [name, () => matcherOf(schema())])),
    'event_name',
  );
