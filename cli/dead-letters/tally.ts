/** Counts by name; any text can be a name. */
export interface Tally {
  add(name: string): void;
  total(): number;
  /** The most frequent first. */
  counts(): Readonly<Record<string, number>>;
}

export function createTally(): Tally {
  const counts = new Map<string, number>();
  return {
    add: (name) => void counts.set(name, (counts.get(name) ?? 0) + 1),
    total: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
    counts: () => Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a)),
  };
}
