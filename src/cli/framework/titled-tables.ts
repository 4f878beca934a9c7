import { table } from '../../local/table.js';

/** A table with its title. */
export type TitledTable = readonly [title: string, rows: readonly (readonly string[])[]];

/** Formats tables below their titles, without those that have no rows. */
export function titledTables(tables: readonly TitledTable[]): string {
  return tables
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => `${title}\n${table(rows, '  ')}`)
    .join('\n\n');
}
