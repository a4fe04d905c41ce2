/** One JMESPath expression, checked when it is compiled: syntax, and the names of its functions. */
import { compile, isRegistered, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath';
import { Misconfigured } from '../errors/app-error.ts';
import { argumentsOf } from './functions.ts';

export type Expression = (data: unknown) => unknown;

const maxLength = 4096;

/**
 * @param setting path of the expression, for the error
 * @throws Misconfigured that names the setting and what is wrong
 */
export function compileExpression(text: string, setting: string): Expression {
  if (text.trim() === '') throw new Misconfigured(setting, 'is empty: give a JMESPath expression');
  if (text.length > maxLength) throw new Misconfigured(setting, `is longer than ${maxLength} characters`);
  const node = compileNode(text, setting);
  checkFunctions(node, setting);
  return (data) => plain(TreeInterpreter.search(node, data as JSONValue));
}

function compileNode(text: string, setting: string): ReturnType<typeof compile> {
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

/** Removes nulls, empty texts and empty lists, which all mean "absent". The result contains only JSON types. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(plain).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .map(([name, entry]) => [name, plain(entry)] as const)
      .filter(([, entry]) => entry !== undefined);
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  }
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
