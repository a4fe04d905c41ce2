/** Reads a recipe from its guide: the settings, what arrives, the events, and the table of what is not sent. */
import { parse } from 'yaml';
import type { Json } from '../../support/webhooks/webhook-bodies.ts';
import { allPages, fencedBlocks, readPage } from '../pages.ts';

export interface Recipe {
  readonly settings: Json;
  readonly headers: Readonly<Record<string, string>>;
  /** Each body that the guide shows, with the event that it becomes. */
  readonly examples: readonly { readonly body: string; readonly event: Json }[];
  readonly unsent: readonly Unsent[];
}

/** A row of the table of what is not sent. */
export interface Unsent {
  readonly what: string;
  /** Changes to the first body by path, such as `data.source`; a path without dots may be a header. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly reason: string;
}

/** Names of the guides with at least one event, such as `salla`. */
export const recipeNames: readonly string[] = allPages
  .filter((page) => page.startsWith('docs/sources/') && fencedBlocks(readPage(page), 'json event').length > 0)
  .map((page) => page.slice('docs/sources/'.length, -'.md'.length));

export function readRecipe(name: string): Recipe {
  const page = readPage(`docs/sources/${name}.md`);
  const [yaml = ''] = fencedBlocks(page, 'yaml');
  const [settings = {}] = Object.values((parse(yaml) as { sources: Record<string, Json> }).sources);
  const events = fencedBlocks(page, 'json event').map((text) => JSON.parse(text) as Json);
  const bodies = fencedBlocks(page, 'json body');
  if (bodies.length !== events.length) throw new Error(`${name}: a body without an event, or the reverse`);
  const [http = ''] = fencedBlocks(page, 'http');
  return {
    settings,
    headers: Object.fromEntries(
      [...http.matchAll(/^([\w-]+): (.+)$/gm)].map(([, key = '', value = '']) => [key.toLowerCase(), value]),
    ),
    examples: events.map((event, index) => ({ body: bodies[index] ?? '', event })),
    unsent: unsentIn(page),
  };
}

function unsentIn(page: string): Unsent[] {
  const [, table = ''] = page.match(/^\| Not sent \|.*\n\|[-|]+\n((?:\|.*\n)*)/m) ?? [];
  return [...table.matchAll(/^\| (.+?) \| (`.+`) \| `(\w+)` \|$/gm)].map(
    ([, what = '', spans = '', reason = '']) => ({
      what,
      changes: Object.fromEntries(
        [...spans.matchAll(/`([\w.-]+): ([^`]+)`/g)].map(([, path = '', value = '']) => [
          path,
          JSON.parse(value),
        ]),
      ),
      reason,
    }),
  );
}

/** The body with the value at each path replaced; a number in a path is the position in a list. */
export function changed(body: Json, changes: Readonly<Record<string, unknown>>): Json {
  const copy = structuredClone(body);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const parent = keys.reduce((part, key) => {
      part[key] ??= {};
      return part[key] as Json;
    }, copy);
    parent[last] = value;
  }
  return copy;
}
