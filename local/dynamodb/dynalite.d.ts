/** dynalite has no types of its own; these cover what is used here. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface DynaliteOptions {
    /** How long a new table stays in state CREATING. */
    readonly createTableMs?: number;
  }

  /** A server with its tables in memory, which does not listen yet. */
  function dynalite(options?: DynaliteOptions): Server;
  export = dynalite;
}
