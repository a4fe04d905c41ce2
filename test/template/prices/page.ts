/** The tables of a page, found by their first line. */

/** @returns the page with `table` in place of its table with the same first line */
export function withTable(page: string, table: string): string {
  const [from, to] = placeOf(page, table.split('\n')[0] ?? '');
  return page.slice(0, from) + table + page.slice(to);
}

/** @throws Error when the page has no such table: a page without its prices must not pass */
function placeOf(page: string, head: string): [from: number, to: number] {
  const from = page.indexOf(`${head}\n`);
  if (from < 0) throw new Error(`the page has no table ${head}`);
  const lines = page.slice(from).split('\n');
  const length = lines.findIndex((line) => !line.startsWith('|'));
  return [from, from + lines.slice(0, length).join('\n').length];
}

/** The figures of one row; a cell without a figure has none. */
export function figuresOf(page: string, title: string): number[] {
  const line = page.split('\n').find((text) => text.startsWith(`| ${title} |`)) ?? '';
  const cells = line.split('|').slice(2, -1);
  return cells.map((cell) => Number(cell.replaceAll(/[^\d.]/g, ''))).filter((figure) => figure > 0);
}
