/** The bytes of a file that are read once, from the first to the last, perhaps while they arrive from elsewhere. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';

export interface ByteSource {
  /** for messages, e.g. its path */
  readonly name: string;
  /** what reading it is, for the progress: "reading animelist.csv" */
  readonly doing: string;
  readonly size: number;
  read(): AsyncIterable<Uint8Array>;
  /** Drops what was kept of a file that has not arrived whole: its bytes make no sense. */
  discard?(): Promise<void>;
}

/** @param label as people know the file */
export async function fileBytes(path: string, label = basename(path)): Promise<ByteSource> {
  const { size } = await stat(path);
  return {
    name: path,
    doing: `reading ${label}`,
    size,
    read: () => createReadStream(path, { highWaterMark: 1 << 20 }),
  };
}
