/** The last lines that the functions of this gateway logged, up to a number and a size: a deployed stage has CloudWatch. */

export interface JournalMemory {
  /** @param text JSON of one line, an object */
  add(text: string): void;
  /**
   * @param after the `seq` of the last line that the caller has; 0 for none. The first line has 1
   * @returns JSON `{"lines":[{"seq":1,"line":{…}}],"next":1,"dropped":0}`: `next` is the `after` of the next call, and
   *   `dropped` is how many of the oldest lines the memory no longer has
   */
  page(after: number, limit: number): string;
  /** @returns the JSON of the lines that contain one of the texts, oldest first */
  containing(texts: readonly string[]): string[];
}

const maxLines = 100_000;
const maxCharacters = 64 * 1024 * 1024;

export function createJournalMemory(limits = { maxLines, maxCharacters }): JournalMemory {
  let lines: string[] = [];
  /** Lines at the start of `lines` that are gone: cutting the list for each of them would copy it each time. */
  let gone = 0;
  let dropped = 0;
  let size = 0;

  const dropOldest = (): void => {
    size -= lines[gone]?.length ?? 0;
    gone += 1;
    dropped += 1;
    if (gone * 2 < lines.length) return;
    lines = lines.slice(gone);
    gone = 0;
  };

  return {
    add(text) {
      lines.push(text);
      size += text.length;
      while (lines.length - gone > limits.maxLines || size > limits.maxCharacters) dropOldest();
    },
    page(after, limit) {
      const newest = dropped + lines.length - gone;
      // A reader that is ahead of the memory read another run of the gateway.
      const first = after > newest ? dropped : Math.max(after, dropped);
      const start = gone + first - dropped;
      const texts = lines.slice(start, start + limit);
      const shown = texts.map((text, index) => `{"seq":${first + index + 1},"line":${text}}`);
      return `{"lines":[${shown.join(',')}],"next":${first + texts.length},"dropped":${dropped}}`;
    },
    containing: (texts) => lines.slice(gone).filter((line) => texts.some((text) => line.includes(text))),
  };
}
