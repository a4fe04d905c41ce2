/** The fields of a dead letter's event by name, with the ones that the reason is about. Values stay hidden unless asked for. */
import { fields } from '../../../lib/events/fields/table.ts';
import type { FieldIssue } from '../../../lib/events/issue.ts';

export interface ShownField {
  /** Such as `contents[0].price`. */
  readonly field: string;
  /** Such as `text of 15 characters`. */
  readonly form: string;
  /** What is wrong with it. */
  readonly problem: string | null;
  readonly value?: unknown;
}

export interface Problems {
  /** What the gateway finds wrong itself. */
  readonly issues: readonly FieldIssue[];
  /** Names of fields, in TikTok's spelling, that its refusal mentions. */
  readonly mentioned: readonly string[];
}

/** No event that a person reads has more. */
const maxFields = 300;

/** @returns each field of the event, then those that are missing */
export function letterFields(
  event: Readonly<Record<string, unknown>>,
  { issues, mentioned }: Problems,
  showValues: boolean,
): ShownField[] {
  const texts = new Map<string, string>();
  for (const { field, message } of issues) if (!texts.has(field)) texts.set(field, message);
  const present = flatten(event).slice(0, maxFields);
  const shown = present.map(([field, value]): ShownField => {
    const problem = texts.get(field) ?? (isMentioned(field, mentioned) ? 'TikTok names it' : null);
    texts.delete(field);
    return { field, form: formOf(value), problem, ...(showValues && { value }) };
  });
  const missing = [...texts].map(([field, problem]) => ({
    field: field === '' ? '(event)' : field,
    form: field === '' ? '-' : 'missing',
    problem,
  }));
  return [...shown, ...missing];
}

/** TikTok may call a field by another name, and a part of it by its own. */
function isMentioned(path: string, mentioned: readonly string[]): boolean {
  const names = path.split('.').map((part) => part.replace(/\[\d+\]$/, ''));
  const last = names.at(-1) ?? '';
  const row: { readonly as?: string } | undefined = Object.hasOwn(fields, last)
    ? fields[last as keyof typeof fields]
    : undefined;
  return mentioned.includes(last) || (row?.as !== undefined && mentioned.includes(row.as));
}

/** An explicit stack: a body can be nested deeper than calls can. */
function flatten(event: Readonly<Record<string, unknown>>): [string, unknown][] {
  const found: [string, unknown][] = [];
  const open: [string, unknown][] = Object.entries(event).toReversed();
  for (let next = open.pop(); next !== undefined && found.length <= maxFields; next = open.pop()) {
    const [path, value] = next;
    const inner = partsOf(path, value);
    if (inner.length === 0) found.push([path, value]);
    else for (const part of inner.toReversed()) open.push(part);
  }
  return found;
}

function partsOf(path: string, value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [`${path}[${index}]`, item]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, item]) => [`${path}.${name}`, item]);
}

function formOf(value: unknown): string {
  if (value === null || value === '') return 'empty';
  if (typeof value === 'string') return `text of ${value.length} character${value.length === 1 ? '' : 's'}`;
  if (typeof value === 'boolean') return 'true or false';
  if (typeof value === 'number') return 'number';
  return Array.isArray(value) ? 'empty list' : 'empty object';
}
