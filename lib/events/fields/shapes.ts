/** The building blocks of the event schema. Every text and every list has a maximum size. */
import * as z from 'zod/mini';
import { maxLength } from '../../schema/lengths.ts';

export const text = (max: number) => z.string().check(maxLength(max));
/** Ids, phones and zip codes may come as integers; unsafe ones have lost digits already and are refused. */
export const idText = (max: number) => z.union([text(max), z.int()]);
/** Numbers may come as text, as from a CSV column; which text is a number is checked when the value is read. */
export const amount = () => z.union([z.number(), text(64)]);
/** Empty entries of a list are the same as absent ones. */
export const upTo = <T extends z.ZodMiniType>(max: number, item: T) =>
  z.array(z.nullish(item)).check(maxLength(max));
export const oneOrUpTo = <T extends z.ZodMiniType>(max: number, item: T) => z.union([item, upTo(max, item)]);
