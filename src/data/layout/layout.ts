/** A published layout of a file: the header as published, and which column has which field. */

export interface Layout<Id extends string = string, Field extends string = string> {
  readonly id: Id;
  /** for people, e.g. "MyAnimeList 2020 (hernan4444)" */
  readonly name: string;
  /** every column as published, separated by commas */
  readonly header: string;
  /** a file without these fields is of no use */
  readonly required: readonly Field[];
  /** column names of each field, in order of preference; the first that a file has counts */
  readonly fields: Readonly<Partial<Record<Field, readonly string[]>>>;
}

/** The first line of a file. */
export interface Header {
  readonly separator: string;
  /** as `columnName` gives them */
  readonly names: readonly string[];
  /** the line itself */
  readonly text: string;
}

/** A file whose layout is known. */
export interface Recognised<L extends Layout = Layout> {
  readonly layout: L;
  readonly header: Header;
  /** where each field stands; absent = the file lacks the column */
  readonly position: Readonly<Partial<Record<FieldOf<L>, number>>>;
}

export type FieldOf<L extends Layout> = L extends Layout<string, infer Field> ? Field : never;

/** Case, spaces and marks between words do not tell columns apart: "Plan to Watch" is "plan_to_watch". */
export function columnName(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');
}

/** A column that numbers the rows: pandas writes it without a name, and reads it back as "Unnamed: 0". */
export function isIndexColumn(name: string): boolean {
  return name === '' || name === 'index' || /^(unnamed:|level_)_?\d+/.test(name);
}
