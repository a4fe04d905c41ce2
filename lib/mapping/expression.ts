/** One JMESPath expression, checked when it is compiled: syntax, the names of its functions, and what a `!` negates. */
import { compile, isRegistered, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath';
import { Misconfigured } from '../errors/app-error.ts';
import { withAlternatives } from './alternatives.ts';
import { columnsIn } from './columns.ts';
import { argumentsOf } from './functions.ts';
import { misleadingNegation } from './negation.ts';
import { plain } from './plain.ts';

export type Expression = (data: unknown) => unknown;

export interface CompiledExpression {
  readonly evaluate: Expression;
  /** The fields that it reads from its input itself; none when it is constant or takes the input as a whole. */
  readonly columns: ReadonlySet<string>;
}

type SyntaxTree = ReturnType<typeof compile>;

const maxLength = 4096;

/**
 * @param setting path of the expression, for the error
 * @throws Misconfigured that names the setting and what is wrong
 */
export function compileExpression(text: string, setting: string): CompiledExpression {
  if (text.trim() === '') throw new Misconfigured(setting, 'is empty: give a JMESPath expression');
  if (text.length > maxLength) throw new Misconfigured(setting, `is longer than ${maxLength} characters`);
  const node = compileNode(text, setting);
  checkFunctions(node, setting);
  checkNegations(text, setting);
  const tree = withAlternatives(node) as SyntaxTree;
  const evaluate = (data: unknown) => plain(TreeInterpreter.search(tree, data as JSONValue));
  return { evaluate, columns: columnsIn(node) };
}

function compileNode(text: string, setting: string): SyntaxTree {
  try {
    return compile(text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'it cannot be read';
    throw new Misconfigured(setting, `is not a JMESPath expression: ${problem}`, { cause: error });
  }
}

/** The library detects an unknown function only when it calls it. This check makes the start fail instead. */
function checkFunctions(node: unknown, setting: string): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, name, children } = node as { type?: unknown; name?: unknown; children?: unknown };
  if (type === 'Literal') return;
  if (type === 'Function' && typeof name === 'string') {
    if (!isRegistered(name)) throw new Misconfigured(setting, `uses a function that does not exist: ${name}`);
    const expected = argumentsOf(name);
    if (expected !== undefined && Array.isArray(children) && children.length !== expected)
      throw new Misconfigured(setting, `is wrong: ${name} takes ${expected} arguments`);
  }
  for (const part of Object.values(node)) checkFunctions(part, setting);
}

function checkNegations(text: string, setting: string): void {
  const position = misleadingNegation(text);
  if (position === undefined) return;
  const problem = `negates less than it seems with the ! at character ${position}: put all that it negates into parentheses, such as !(a.b) or !(a == b)`;
  throw new Misconfigured(setting, problem);
}
