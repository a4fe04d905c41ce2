/** The lines of the log groups of the double of CloudWatch Logs. */
import { AwsFailure } from './aws-failure.ts';
import type { StoredLine } from './insights.ts';

export interface LogStore {
  readonly groups: ReadonlyMap<string, StoredLine[]>;
  readonly streams: Set<string>;
  createGroup(name: string): void;
  /** @param lines JSON text, or objects with a `timestamp`: CloudWatch gets the line at that time */
  put(group: string, lines: readonly (string | Readonly<Record<string, unknown>>)[]): void;
  append(group: string, atMs: number, message: string): void;
  /** The lines of groups that exist, in a window of milliseconds with both ends. */
  read(names: readonly string[], fromMs: number, toMs: number): StoredLine[];
}

export function createLogStore(): LogStore {
  const groups = new Map<string, StoredLine[]>();
  let lastId = 0;
  const linesOf = (name: string): StoredLine[] => {
    const lines = groups.get(name);
    if (lines === undefined)
      throw new AwsFailure('ResourceNotFoundException', `Log group '${name}' does not exist.`);
    return lines;
  };
  const append = (group: string, atMs: number, message: string): void => {
    lastId += 1;
    linesOf(group).push({ id: String(lastId).padStart(56, '3'), atMs, message, fields: fieldsOf(message) });
  };
  return {
    groups,
    streams: new Set(),
    createGroup: (name) => void groups.set(name, groups.get(name) ?? []),
    put(group, lines) {
      for (const line of lines) {
        const message = typeof line === 'string' ? line : JSON.stringify(line);
        append(group, Date.parse(String(fieldsOf(message).timestamp)), message);
      }
    },
    append,
    read: (names, fromMs, toMs) =>
      names.flatMap((name) => linesOf(name).filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)),
  };
}

function fieldsOf(message: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(message.slice(message.indexOf('{')));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
