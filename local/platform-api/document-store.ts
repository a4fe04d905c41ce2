/** The answers of the local platform API, by path, in memory: few and small enough that no client can fill the memory. */

export interface StoredAnswer {
  readonly status: number;
  /** JSON. */
  readonly text: string;
}

export interface DocumentStore {
  get(path: string): StoredAnswer | undefined;
  /** @returns false, without a change, when the store has no room for it */
  put(path: string, answer: StoredAnswer): boolean;
  /** Removes the answer of a path, and those of all paths below it. */
  clear(path: string): void;
  /** Paths in the order in which they were stored. */
  paths(): readonly string[];
}

const maxDocuments = 1_000;
const maxCharacters = 16 * 1_048_576;

export function createDocumentStore(): DocumentStore {
  const documents = new Map<string, StoredAnswer>();
  let characters = 0;

  function remove(path: string): void {
    characters -= documents.get(path)?.text.length ?? 0;
    documents.delete(path);
  }

  return {
    get: (path) => documents.get(path),
    put: (path, answer) => {
      const before = documents.get(path)?.text.length ?? 0;
      const isNew = !documents.has(path);
      if (isNew && documents.size >= maxDocuments) return false;
      if (characters - before + answer.text.length > maxCharacters) return false;
      remove(path);
      documents.set(path, answer);
      characters += answer.text.length;
      return true;
    },
    clear: (path) => {
      for (const stored of [...documents.keys()]) if (isAt(path, stored)) remove(stored);
    },
    paths: () => [...documents.keys()],
  };
}

const isAt = (path: string, stored: string): boolean =>
  stored === path || stored.startsWith(`${path.replace(/\/$/, '')}/`);
