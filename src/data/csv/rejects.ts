/** Rejected rows: written to rejected.csv with line number, reason and content, and counted by reason. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { firstLetters } from '../../first-letters.ts';
import { quoteField } from './csv.ts';

export type Reason =
  | 'not a number'
  | 'number out of range'
  | 'rating out of range'
  | 'unknown anime_id'
  | 'no title'
  | 'no MyAnimeList id'
  | 'no user name'
  | 'wrong number of fields'
  | 'broken quoting'
  | 'broken encoding'
  | 'line too long';

/** What became of the rows of one file: read = kept + duplicates + all rejected. */
export interface RowCounts {
  read: number;
  kept: number;
  /** rows that a later row of the same user and title (or the same title) replaced */
  duplicates: number;
  rejected: Partial<Record<Reason, number>>;
}

/** Writes rejected.csv. Synchronous, because rows are checked in callbacks of DuckDB, which cannot wait. */
export class Rejects {
  readonly #file: number;
  #pending = 'file,line,reason,content\n';

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  /** Starts the account of one file. */
  open(file: string): FileAccount {
    return new FileAccount(file, (text) => this.#write(text));
  }

  close(): void {
    try {
      this.#flush();
    } finally {
      closeSync(this.#file);
    }
  }

  #write(text: string): void {
    this.#pending += text;
    if (this.#pending.length > 1 << 16) this.#flush();
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pending);
    this.#pending = '';
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
  }
}

/** Characters of a row that are kept. */
const CONTENT_LIMIT = 300;
const EXAMPLES = 3;

/** The account of one file. */
export class FileAccount implements RowCounts {
  read = 0;
  kept = 0;
  duplicates = 0;
  /** rows with an unknown status, which was derived from the score and the episodes watched */
  settledStatuses = 0;
  /** rows without a score in a file without statuses: seen or planned, nothing says which; they do not count as seen */
  unknownStatuses = 0;
  /** of a file in parts, the one that is being read */
  part: string | null = null;
  readonly rejected: Partial<Record<Reason, number>> = {};
  /** the first few faulty rows, for a message */
  readonly examples: string[] = [];
  /** rejected rows; those of unknown titles do not count */
  faulty = 0;

  constructor(
    readonly file: string,
    private readonly write: (text: string) => void,
  ) {}

  /** A row that is right and is not needed: it is counted and does not fill rejected.csv. */
  leaveOut(reason: Reason): void {
    this.rejected[reason] = (this.rejected[reason] ?? 0) + 1;
  }

  reject(line: number, reason: Reason, content: string): void {
    const shown =
      content.length > CONTENT_LIMIT ? `${firstLetters(content, CONTENT_LIMIT)}…` : content;
    this.rejected[reason] = (this.rejected[reason] ?? 0) + 1;
    if (reason !== 'unknown anime_id') {
      this.faulty++;
      if (this.examples.length < EXAMPLES)
        this.examples.push(`  line ${line}: ${reason}: ${firstLetters(shown, 120)}`);
    }
    this.write(`${quoteField(this.part ?? this.file)},${line},${reason},${quoteField(shown)}\n`);
  }
}
