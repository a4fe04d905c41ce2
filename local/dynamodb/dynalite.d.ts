/** dynalite has no types of its own; these cover what is used here. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  // biome-ignore lint/style/noDefaultExport: it is how the package exports it
  export default function dynalite(options?: { readonly createTableMs?: number }): Server;
}
