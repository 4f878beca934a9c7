/** Where the emulator writes its output. */
export type Terminal = Pick<Console, 'log' | 'error'>;

/** A terminal that prints nothing. */
export const SILENT: Terminal = { log: () => undefined, error: () => undefined };

/** Formats rows as lines of text with aligned columns. */
export function table(rows: readonly (readonly string[])[], indent = ''): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return rows
    .map((row) => (indent + row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')).trimEnd())
    .join('\n');
}

/** Formats a value as JSON of at most 60 characters. */
export function shortJson(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
