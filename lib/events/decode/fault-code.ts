/** The code of what is wrong with the shape of one value. */
import { codeOf, type ShapeCode } from '../../schema/explain-issues.ts';
import type { Field } from '../fields/field.ts';

/** @returns such as `too_long` or `invalid_type`; undefined when the value has the shape of the row */
export function faultCode(row: Field, value: unknown): ShapeCode | undefined {
  const { error } = row.schema().safeParse(value);
  return error?.issues[0] && codeOf(error.issues[0]);
}
