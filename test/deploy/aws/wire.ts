/** How AWS's protocols look on the wire: query parameters become an object, an object becomes XML. */

export type Input = Readonly<Record<string, unknown>>;

/** `Tags.member.1.Key=a` → `{ Tags: [{ Key: 'a' }] }`; an empty list travels as `Tags=`. */
export function readQuery(body: string): Input {
  const root: Record<string, unknown> = {};
  for (const [path, value] of new URLSearchParams(body)) {
    const parts = path.split('.').filter((part) => part !== 'member');
    let node = root;
    for (const part of parts.slice(0, -1)) {
      node[part] ??= {};
      node = node[part] as Record<string, unknown>;
    }
    node[parts.at(-1) ?? ''] = value;
  }
  return listsIn(root) as Input;
}

function listsIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, listsIn(item)] as const);
  const isList = entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key));
  return isList ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

/** Lists become `<member>`s; what is undefined is left out. */
export function xml(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => `<member>${xml(item)}</member>`).join('');
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return escaped(String(value));
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `<${key}>${xml(item)}</${key}>`)
    .join('');
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
