/** Counts digests in little memory: eight bytes each, so that millions fit; two may be taken for one in 10¹³ or so. */

export interface DigestSet {
  /** How often the digest was added before. @param digest at least 16 hex characters */
  add(digest: string): number;
  has(digest: string): boolean;
  clear(): void;
}

const firstCapacity = 1 << 12;
const maxLoad = 0.6;

interface Table {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  readonly counts: Uint16Array;
}

const createTable = (capacity: number): Table => ({
  high: new Uint32Array(capacity),
  low: new Uint32Array(capacity),
  counts: new Uint16Array(capacity),
});

/** The slot of a digest, or the free one where it belongs; a count of 0 marks a free slot. */
function slotOf({ high, low, counts }: Table, highPart: number, lowPart: number): number {
  const mask = counts.length - 1;
  let slot = lowPart & mask;
  while (counts[slot] !== 0 && !(high[slot] === highPart && low[slot] === lowPart)) slot = (slot + 1) & mask;
  return slot;
}

function grown(table: Table): Table {
  const larger = createTable(table.counts.length * 2);
  for (const [index, count] of table.counts.entries()) {
    if (count === 0) continue;
    const [high = 0, low = 0] = [table.high[index], table.low[index]];
    const slot = slotOf(larger, high, low);
    larger.high[slot] = high;
    larger.low[slot] = low;
    larger.counts[slot] = count;
  }
  return larger;
}

export function createDigestSet(): DigestSet {
  let table = createTable(firstCapacity);
  let size = 0;

  function add(digest: string): number {
    const high = Number.parseInt(digest.slice(0, 8), 16);
    const low = Number.parseInt(digest.slice(8, 16), 16);
    if (size >= table.counts.length * maxLoad) table = grown(table);
    const slot = slotOf(table, high, low);
    const before = table.counts[slot] ?? 0;
    if (before === 0) {
      table.high[slot] = high;
      table.low[slot] = low;
      size += 1;
    }
    table.counts[slot] = Math.min(before + 1, 65_535);
    return before;
  }

  function has(digest: string): boolean {
    const high = Number.parseInt(digest.slice(0, 8), 16);
    const low = Number.parseInt(digest.slice(8, 16), 16);
    return table.counts[slotOf(table, high, low)] !== 0;
  }

  function clear(): void {
    if (size === 0) return;
    table = createTable(firstCapacity);
    size = 0;
  }

  return { add, has, clear };
}
