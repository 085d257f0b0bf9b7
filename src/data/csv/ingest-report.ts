/** report.json of the ingested rows: every row read is accounted for. */
import type { CatalogueLayout, RatingLayout } from './layout.ts';
import type { FileAccount, Reason } from './rejects.ts';

/** What became of one file: read = kept + duplicates + the sum of rejected. */
export interface FileReport {
  readonly file: string;
  readonly read: number;
  readonly kept: number;
  readonly duplicates: number;
  readonly rejected: Readonly<Partial<Record<Reason, number>>>;
  /** kept rows with an unknown status, which was derived from the score and the episodes watched */
  readonly settledStatuses: number;
  /** of the unpacked CSV; sha256 is null when only the first rows were read */
  readonly bytes: number;
  readonly sha256: string | null;
  /** absent when the rows were to be reproducible */
  readonly seconds?: number;
}

export interface IngestReport {
  readonly source: { readonly name: string; readonly synthetic: boolean };
  readonly layout: { readonly catalogue: CatalogueLayout; readonly ratings: RatingLayout };
  readonly rows: number;
  readonly users: number;
  readonly titles: number;
  readonly files: readonly FileReport[];
  /** absent when the rows were to be reproducible */
  readonly seconds?: number;
}

/** What depends on nothing but the source. */
export function withoutSeconds({ seconds: _, files, ...report }: IngestReport): IngestReport {
  return { ...report, files: files.map(({ seconds: _, ...file }) => file) };
}

export function fileReport(
  { file, read, kept, duplicates, rejected, settledStatuses }: FileAccount,
  { bytes, sha256 }: { bytes: number; sha256: string | null },
  seconds: number,
): FileReport {
  return { file, read, kept, duplicates, rejected, settledStatuses, bytes, sha256, seconds };
}

/** A line for each file, and one for what is left. */
export function reportLines({ files, users, titles }: IngestReport): string[] {
  const number = (value: number) => value.toLocaleString('en');
  const lines = files.map(({ file, read, kept, duplicates, rejected }) => {
    const reasons = Object.entries(rejected).map(
      ([reason, count]) => `, ${number(count)} ${reason}`,
    );
    return `${file}: ${number(read)} rows read, ${number(kept)} kept, ${number(duplicates)} duplicates${reasons.join('')}`;
  });
  return [...lines, `${number(users)} people, ${number(titles)} titles`];
}
