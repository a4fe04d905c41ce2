/** The columns that an expression names: the fields that it reads from the row itself, not from a part of the row. */

/**
 * @param node the syntax tree of an expression
 * @returns names of columns; none for a constant, or for an expression that takes the row as a whole
 */
export function columnsIn(node: unknown): ReadonlySet<string> {
  const columns = new Set<string>();
  collect(node, columns);
  return columns;
}

/** The part of a node that is evaluated on the row itself, where another part gets the result of this one. */
const onTheRow: Readonly<Record<string, readonly string[]>> = {
  Subexpression: ['left'],
  IndexExpression: ['left'],
  Projection: ['left'],
  ValueProjection: ['left'],
  FilterProjection: ['left'],
  Pipe: ['left'],
  ExpressionReference: [],
  Literal: [],
};

/** @returns the texts that an expression contains, also inside its literals */
export function textsIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, value } = node as { type?: unknown; value?: unknown };
  if (type === 'Literal') return typeof value === 'string' ? [value] : textsOf(value);
  return Object.values(node).flatMap(textsIn);
}

const textsOf = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsOf)
      : [];

function collect(node: unknown, columns: Set<string>): void {
  if (Array.isArray(node)) for (const part of node) collect(part, columns);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
  const { type, name, left, right } = node as Record<string, unknown>;
  if (type === 'Field' && typeof name === 'string') columns.add(name);
  // `@.email`, `$.email` and `payload().email` are the column email.
  if ((type === 'Subexpression' || type === 'Pipe') && isRow(left)) collect(right, columns);
  const parts = onTheRow[String(type)] ?? Object.keys(node);
  for (const part of parts) collect((node as Record<string, unknown>)[part], columns);
}

function isRow(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const { type, name } = node as Record<string, unknown>;
  return type === 'Current' || type === 'Root' || (type === 'Function' && name === 'payload');
}
