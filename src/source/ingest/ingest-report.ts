/** report.json of the ingested rows: every row read is accounted for. */
import type { Encoding } from '../../data/csv/encoding.ts';
import type { FileAccount, Reason } from '../../data/csv/rejects.ts';

/** What became of one file: read = kept + duplicates + the sum of rejected. */
export interface FileReport {
  readonly file: string;
  /** the published layout that its header was recognised as */
  readonly layout: string;
  readonly encoding: Encoding;
  readonly read: number;
  readonly kept: number;
  readonly duplicates: number;
  readonly rejected: Readonly<Partial<Record<Reason, number>>>;
  /** kept rows with an unknown status, which was derived from the score and the episodes watched */
  readonly settledStatuses: number;
  /** kept rows without a score in a file without statuses: they do not count as seen */
  readonly unknownStatuses: number;
  /** of the unpacked CSV; sha256 is null when only the first rows were read */
  readonly bytes: number;
  readonly sha256: string | null;
  /** absent when the rows were to be reproducible */
  readonly seconds?: number;
}

/** How adult titles were recognised. */
export interface AdultReport {
  readonly titles: number;
  /** 'class': rating classes and all other signs; 'genres': genres, tags and studios; 'none': nothing says it */
  readonly by: 'class' | 'genres' | 'none';
}

export interface IngestReport {
  readonly source: { readonly name: string; readonly synthetic: boolean };
  /** ids of layouts */
  readonly layout: { readonly catalogue: string; readonly ratings: string };
  readonly rows: number;
  readonly users: number;
  readonly titles: number;
  readonly adult: AdultReport;
  /** whether rows have times, by which a split can go */
  readonly dated: boolean;
  readonly files: readonly FileReport[];
  /** what a person should know: conversions, columns that are missing, how unscored rows are read */
  readonly notes: readonly string[];
  /** absent when the rows were to be reproducible */
  readonly seconds?: number;
}

/** What depends on nothing but the source. */
export function withoutSeconds({ seconds: _, files, ...report }: IngestReport): IngestReport {
  return { ...report, files: files.map(({ seconds: _, ...file }) => file) };
}

export interface FileFacts {
  readonly layout: string;
  readonly encoding: Encoding;
  readonly bytes: number;
  readonly sha256: string | null;
}

export function fileReport(account: FileAccount, facts: FileFacts, seconds: number): FileReport {
  const { file, read, kept, duplicates, rejected, settledStatuses, unknownStatuses } = account;
  const { layout, encoding, bytes, sha256 } = facts;
  return {
    ...{ file, layout, encoding, read, kept, duplicates, rejected },
    ...{ settledStatuses, unknownStatuses, bytes, sha256, seconds },
  };
}

/** A line for each file, what a person should know, and one for what is left. */
export function reportLines({ files, notes, users, titles }: IngestReport): string[] {
  const number = (value: number) => value.toLocaleString('en');
  const lines = files.map(({ file, layout, read, kept, duplicates, rejected }) => {
    const reasons = Object.entries(rejected).map(
      ([reason, count]) => `, ${number(count)} ${reason}`,
    );
    return `${file} (${layout}): ${number(read)} rows read, ${number(kept)} kept, ${number(duplicates)} duplicates${reasons.join('')}`;
  });
  return [...lines, ...notes, `${number(users)} people, ${number(titles)} titles`];
}
