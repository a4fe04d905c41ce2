/**
 * A short text that gives labels to positions of a list: `Purchase@0-47 AddToCart@48,49`. Log lines use it for the events
 * of one request, because one line for each event would cost more than the delivery.
 */

/**
 * @param labels of each position, in order; a position can have none or several
 * @returns undefined when no position has a label. A label of every position has no `@`.
 */
export function encodeLabels(labels: readonly (readonly string[])[]): string | undefined {
  const positions = new Map<string, number[]>();
  for (const [position, names] of labels.entries())
    for (const name of new Set(names)) {
      const list = positions.get(name);
      if (list === undefined) positions.set(name, [position]);
      else list.push(position);
    }
  if (positions.size === 0) return undefined;
  return [...positions]
    .map(([name, list]) => `${escapeLabel(name)}${list.length === labels.length ? '' : `@${ranges(list)}`}`)
    .join(' ');
}

/**
 * @param text of `encodeLabels`; anything else gives the labels that can be read
 * @param length of the list
 */
export function decodeLabels(text: string | undefined, length: number): string[][] {
  const labels: string[][] = Array.from({ length }, () => []);
  for (const part of text?.split(' ') ?? []) {
    const at = part.indexOf('@');
    const name = unescapeLabel(at < 0 ? part : part.slice(0, at));
    if (name === '') continue;
    for (const position of at < 0 ? labels.keys() : positionsOf(part.slice(at + 1), length))
      labels[position]?.push(name);
  }
  return labels;
}

/** The three characters that have a meaning here, and space and controls, which would end a label. */
const escapeLabel = (name: string): string => name.replaceAll(/[\s@%\p{Cc}]/gu, encodeURIComponent);

function unescapeLabel(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param list rising numbers, at least one */
function ranges(list: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const position of list) {
    const last = parts.at(-1);
    if (last !== undefined && last[1] === position - 1) last[1] = position;
    else parts.push([position, position]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

function* positionsOf(text: string, length: number): Generator<number> {
  for (const part of text.split(',')) {
    const match = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part);
    if (match === null) continue;
    const from = Number(match[1]);
    const to = Math.min(Number(match[2] ?? from), length - 1);
    for (let position = from; position <= to; position += 1) yield position;
  }
}
