/** pg-cursor has no types of its own; these cover what is used here. */
declare module 'pg-cursor' {
  import type { Submittable } from 'pg';

  interface CursorConfig {
    readonly types?: { getTypeParser(oid: number): (text: string) => unknown };
  }

  // biome-ignore lint/style/noDefaultExport: it is how the package exports it
  export default class Cursor<Row> implements Submittable {
    constructor(text: string, values?: readonly unknown[], config?: CursorConfig);
    /** Up to `rowCount` rows; none when the query is at its end. */
    read(rowCount: number): Promise<Row[]>;
    submit(connection: unknown): void;
  }
}
