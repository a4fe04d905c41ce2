/** Reads attributes of DynamoDB's items. */

/** @returns the text of an attribute; empty when the item has none */
export const textOf = (value: { readonly S?: string | undefined } | undefined): string => value?.S ?? '';
