/** Formats figures as aligned columns, without colors, so that they look the same in a file. */

export interface Section {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Aligns names to the left and numbers to the right. */
export function table(sections: readonly Section[]): string {
  return sections.map(({ head, rows }) => lines([head, ...rows.map((row) => row.map(show))])).join('\n\n');
}

const show = (cell: string | number): string =>
  typeof cell === 'string' ? cell : cell.toLocaleString('en-US', { maximumFractionDigits: 2 });

function lines(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart((widths[column] ?? 0) + 2),
        )
        .join(''),
    )
    .join('\n');
}
