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

const booleanWord = /^(?:yes|no|on|off|true|false|y|n)$/i;

/** @throws Misconfigured that says how to write the constant, or that the field takes none */
export function checkConstant(field: FieldName, node: SyntaxTree, setting: string): void {
  const results = resultsOf(node);
  if (field === 'event_id' && results.some(isText))
    throw new Misconfigured(
      setting,
      'is a constant, and TikTok drops all but the first event of an id: write the path of the id of the order',
    );
  const names = results.flatMap((each) => (each.type === 'Field' ? [each.name] : []));
  if (field === 'limited_data_use' && names.some((each) => booleanWord.test(each)))
    throw new Misconfigured(setting, 'is the path of a field: write true or false without quotes');
  const name = names.find((each) => isConstant[field]?.(each));
  if (name === undefined) return;
  throw new Misconfigured(
    setting,
    `is the path of a field ${name}: a constant needs quotes of its own, "'${name}'"`,
  );
}

const isText = (node: SyntaxTree): boolean =>
  node.type === 'Literal' && typeof node.value === 'string' && node.value.trim() !== '';

/** @returns the parts of an expression that are its result, or an alternative of it */
function resultsOf(node: SyntaxTree): readonly SyntaxTree[] {
  switch (node.type) {
    case 'OrExpression':
      return [...resultsOf(node.left), ...resultsOf(node.right)];
    case 'AndExpression':
      return resultsOf(node.right);
    case 'Ternary':
      return [...resultsOf(node.trueExpr), ...resultsOf(node.falseExpr)];
    case 'Function':
      return node.name === 'not_null' ? node.children.flatMap(resultsOf) : [node];
    default:
      return [node];
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
