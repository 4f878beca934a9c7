import { Response } from 'lambent';

type Rows = readonly (readonly (string | number)[])[];

export class CsvResponse extends Response<Rows> {
  constructor(rows: Rows) {
    super(rows, { mediaType: 'text/csv' });
  }

  override render(rows: Rows): string {
    return rows.map((row) => row.join(',')).join('\n');
  }
}
