/** Checks the functions of an expression. The library detects an unknown function only when it calls it. */
import { getRegisteredFunctions, isRegistered } from '@jmespath-community/jmespath';
import { Misconfigured } from '../../errors/app-error.ts';
import { nearestName } from '../../schema/nearest-name.ts';
import { argumentsOf } from '../functions.ts';

/** @throws Misconfigured for an unknown function, or a wrong number of arguments */
export function checkFunctions(node: unknown, setting: string): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, name, children } = node as { type?: unknown; name?: unknown; children?: unknown };
  if (type === 'Literal') return;
  if (type === 'Function' && typeof name === 'string') {
    if (!isRegistered(name)) throw new Misconfigured(setting, unknownFunction(name));
    const expected = argumentsOf(name);
    if (expected !== undefined && Array.isArray(children) && children.length !== expected)
      throw new Misconfigured(
        setting,
        `is wrong: ${name} takes ${expected} ${expected === 1 ? 'argument' : 'arguments'}`,
      );
  }
  for (const part of Object.values(node)) checkFunctions(part, setting);
}

function unknownFunction(name: string): string {
  // Names with a space are ours, and no expression can call them.
  const known = getRegisteredFunctions().filter((each) => !each.includes(' '));
  const meant = nearestName(name.toLowerCase(), known);
  const remedy =
    name === 'not'
      ? 'write ! for not'
      : meant === undefined
        ? 'docs/sources/mapping.md lists the functions'
        : `did you mean ${meant}?`;
  return `uses a function that does not exist: ${name}: ${remedy}`;
}
