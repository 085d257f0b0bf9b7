/** A list as rows of cells, whatever it was written in. */
import type { CsvFault } from '../../data/csv/csv.ts';

export interface TableRow {
  readonly line: number;
  /** null when it cannot be parsed */
  readonly fields: readonly string[] | null;
  readonly fault?: CsvFault | null;
}

export interface Table {
  readonly header: readonly string[];
  /** what joins the parts of a title that was split */
  readonly separator: string;
  /** the rows below the header, again at each call */
  readonly rows: () => Iterable<TableRow>;
}
