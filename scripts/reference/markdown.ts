/** Markdown of the generated parts of the docs. */

/** @returns a table; a `|` inside a cell stays text */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** @returns the page with `content` between its marks `<!-- name -->` and `<!-- /name -->` */
export function withBlock(page: string, name: string, content: string): string {
  const block = new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- /${name} -->`);
  if (!block.test(page)) throw new Error(`The page has no marks for the part ${name}.`);
  return page.replace(block, () => `<!-- ${name} -->\n${content}\n<!-- /${name} -->`);
}

export const code = (text: string): string => `\`${text}\``;
