/** Text without a visible character: in an optional field it means "absent". */

const visible = /[^\s\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** @returns false for a value that is no text */
export const isBlank = (value: unknown): boolean => typeof value === 'string' && !visible.test(value);
