/**
 * Finds a constant without quotes of its own in the mapping of a webhook: `event_name: Purchase` is the path of a field
 * that no body has. Only certain cases stop the start; others are named when a body has no such field.
 */
import { Misconfigured } from '../../errors/app-error.ts';
import { currencies } from '../../events/currencies.ts';
import { type FieldName, fields } from '../../events/fields/table.ts';
import { standardEvents, standardNameMeant } from '../../events/standard-events.ts';
import { alpha2Codes } from '../../privacy/places/country-codes.ts';
import type { SyntaxTree } from '../syntax-tree.ts';

/** For each field, whether a path of one name can only be meant as a constant. */
const isConstant: Partial<Record<FieldName, (name: string) => boolean>> = {
  event_name: (name) => standardEvents.has(name) || standardNameMeant(name) !== undefined,
  currency: (name) => currencies.has(name) || (/^[A-Z]{3}$/.test(name) && isoCurrencies().includes(name)),
  country: (name) => alpha2Codes.has(name),
  content_type: (name) => name === 'product' || name === 'product_group',
};

/** ISO 4217 has more than TikTok takes. */
const isoCurrencies = (): readonly string[] => Intl.supportedValuesOf('currency');

/** @throws Misconfigured that says how to write the constant */
export function checkConstant(field: FieldName, node: SyntaxTree, setting: string): void {
  const name = namesAsValue(node).find((each) => isConstant[field]?.(each));
  if (name === undefined) return;
  throw new Misconfigured(
    setting,
    `is the path of a field ${name}: a constant needs quotes of its own, "'${name}'"`,
  );
}

/** @returns names of fields of the body that are the result, or an alternative of it */
function namesAsValue(node: SyntaxTree): readonly string[] {
  switch (node.type) {
    case 'Field':
      return [node.name];
    case 'OrExpression':
      return [...namesAsValue(node.left), ...namesAsValue(node.right)];
    case 'AndExpression':
      return namesAsValue(node.right);
    case 'Ternary':
      return [...namesAsValue(node.trueExpr), ...namesAsValue(node.falseExpr)];
    case 'Function':
      return node.name === 'not_null' ? node.children.flatMap(namesAsValue) : [];
    default:
      return [];
  }
}

/** @throws Misconfigured for `paid == true`, where `true` is the path of a field */
export function checkWords(node: unknown, setting: string): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, name } = node as { type?: unknown; name?: unknown };
  if (type === 'Literal') return;
  if (type === 'Field' && (name === 'true' || name === 'false'))
    throw new Misconfigured(setting, `has the path of a field ${name}: write \`${name}\`, in backticks`);
  for (const part of Object.values(node)) checkWords(part, setting);
}

/** Their zeros at the start are part of them. */
const withZeros: ReadonlySet<FieldName> = new Set<FieldName>(['phone', 'zip_code']);

/** @param value a number or a boolean of the stage file @throws Misconfigured when the field takes none */
export function checkLiteral(field: FieldName, value: number | boolean, setting: string): void {
  if (typeof value === 'number' && withZeros.has(field))
    throw new Misconfigured(
      setting,
      `is a number, which has no zeros at its start: write it as a text, such as "'01234'"`,
    );
  if (fields[field].schema().safeParse(value).success) return;
  throw new Misconfigured(setting, `is a ${typeof value}: expected ${fields[field].expects}`);
}
