/** One JMESPath expression, checked when it is compiled: syntax, quotes, functions, `=`, and what a `!` negates. */
import { compile, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath';
import { Misconfigured } from '../errors/app-error.ts';
import { withAlternatives } from './alternatives.ts';
import { checkFunctions } from './checks/check-functions.ts';
import { misleadingNegation } from './checks/negation.ts';
import { openQuote } from './checks/quotes.ts';
import { syntaxRemedy } from './checks/syntax-remedy.ts';
import { columnsIn } from './columns.ts';
import { plain } from './plain.ts';
import type { SyntaxTree } from './syntax-tree.ts';

export type Expression = (data: unknown) => unknown;

export interface CompiledExpression {
  readonly evaluate: Expression;
  /** As the stage file writes it. */
  readonly text: string;
  readonly node: SyntaxTree;
  /** The fields that it reads from its input itself; none when it is constant or takes the input as a whole. */
  readonly columns: ReadonlySet<string>;
  /** What makes each part of the object, or of each object of a list, that is its result; empty when it makes none. */
  readonly parts: readonly { readonly name: string; readonly value: SyntaxTree }[];
}

const maxLength = 4096;

/**
 * @param setting path of the expression, for the error
 * @throws Misconfigured that names the setting and what is wrong
 */
export function compileExpression(text: string, setting: string): CompiledExpression {
  if (text.trim() === '') throw new Misconfigured(setting, 'is empty: give a JMESPath expression');
  if (text.length > maxLength) throw new Misconfigured(setting, `is longer than ${maxLength} characters`);
  const node = compileNode(text, setting);
  checkQuotes(text, setting);
  checkFunctions(node, setting);
  checkAssignments(node, setting);
  checkNegations(text, setting);
  const tree = withAlternatives(node) as SyntaxTree;
  const evaluate = (data: unknown) => plain(TreeInterpreter.search(tree, data as JSONValue));
  return { evaluate, text, node, columns: columnsIn(node), parts: partsOf(node) };
}

function compileNode(text: string, setting: string): SyntaxTree {
  try {
    return compile(text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'it cannot be read';
    const remedy = syntaxRemedy(text);
    throw new Misconfigured(setting, `is not a JMESPath expression${remedy}: ${problem}`, { cause: error });
  }
}

function checkQuotes(text: string, setting: string): void {
  const position = openQuote(text);
  if (position === undefined) return;
  throw new Misconfigured(setting, `has no second quote for the one at character ${position}`);
}

/** `a = 'b'` is an object, which is always true. In `let $a = b in c` it belongs to the language. */
function checkAssignments(node: unknown, setting: string): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, bindings, expression } = node as { type?: unknown; bindings?: unknown; expression?: unknown };
  if (type === 'Literal') return;
  if (type === 'Binding') throw new Misconfigured(setting, 'compares with =, which is always true: write ==');
  const parts =
    type === 'LetExpression' && Array.isArray(bindings)
      ? [expression, ...bindings.map(({ reference }) => reference as unknown)]
      : Object.values(node);
  for (const part of parts) checkAssignments(part, setting);
}

function checkNegations(text: string, setting: string): void {
  const position = misleadingNegation(text);
  if (position === undefined) return;
  const problem = `negates less than it seems with the ! at character ${position}: put all that it negates into parentheses, such as !(a.b) or !(a == b)`;
  throw new Misconfigured(setting, problem);
}

function partsOf(node: SyntaxTree): CompiledExpression['parts'] {
  switch (node.type) {
    case 'MultiSelectHash':
      return node.children;
    case 'Projection':
    case 'FilterProjection':
    case 'ValueProjection':
    case 'Subexpression':
    case 'Pipe':
      return partsOf(node.right);
    default:
      return [];
  }
}
