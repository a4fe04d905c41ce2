/** Reads the values of --set: facts by a friendly name, and fields of the body by a path. */
import { InvalidArgumentError } from 'commander';
import { usageError } from '../../errors/cli-error.ts';
import type { ChosenFacts } from '../samples/facts.ts';
import { friendlyNames, isFriendlyName } from './friendly-names.ts';

/** A field of the body, such as `line_items.0.sku`. */
export interface FieldChange {
  readonly segments: readonly string[];
  /** As given. */
  readonly text: string;
  /** A dot in front: the field need not be there, and no friendly name is meant. */
  readonly isFromRoot: boolean;
}

export interface Sets {
  readonly facts: ChosenFacts;
  readonly fields: readonly FieldChange[];
}

/** The body as it is made up. */
export const noSets: Sets = { facts: {}, fields: [] };

/** @param values such as `email=ada@example.com`; the last one of a name counts */
export function parseSets(values: readonly string[], nowMs: number): Sets {
  const facts: Record<string, unknown> = {};
  const fields: FieldChange[] = [];
  for (const value of values) {
    const at = value.indexOf('=');
    if (at < 1) throw usageError('--set takes name=value, such as --set email=ada@example.com.');
    const [name, text] = [value.slice(0, at), value.slice(at + 1)];
    if (isFriendlyName(name)) facts[name] = parseFact(name, text, nowMs);
    else fields.push(fieldOf(name, text));
  }
  return { facts, fields };
}

function parseFact(name: keyof typeof friendlyNames, text: string, nowMs: number) {
  try {
    return friendlyNames[name].parse(text, nowMs);
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw usageError(`--set ${name}: ${error.message}.`);
    throw error;
  }
}

function fieldOf(name: string, text: string): FieldChange {
  const isFromRoot = name.startsWith('.');
  const segments = (isFromRoot ? name.slice(1) : name).split('.');
  if (segments.includes('') || segments.includes('__proto__'))
    throw usageError('--set: a path has names and numbers with dots between them, such as line_items.0.sku.');
  return { segments, text, isFromRoot };
}
