/** A whole CSV file in memory: its layout, and the well-formed rows; the others are rejected. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { OsusumeError } from '../../error.ts';
import type { Recognised } from '../layout/layout.ts';
import { csvRecords } from './csv.ts';
import { type Encoding, toUtf8 } from './encoding.ts';
import type { FileAccount } from './rejects.ts';

/** The largest published catalogue has 30 MB. */
const MAX_BYTES = 256 * 2 ** 20;

/** U+FEFF in UTF-8, one character a byte: some programs write it at the start of a file, even before a quote. */
const BYTE_ORDER_MARK = /^\xef\xbb\xbf/;

export interface ReadFile {
  readonly bytes: number;
  readonly sha256: string;
  readonly encoding: Encoding;
  readonly separator: string;
}

export interface Row {
  readonly line: number;
  readonly fields: readonly string[];
  readonly content: string;
}

export interface Records {
  readonly recognised: Recognised;
  readonly about: ReadFile;
  rows(): Generator<Row, void>;
}

/**
 * The text is parsed as one character a byte and decoded row by row, so that broken encoding in one row does not spoil the
 * rest.
 * @param layoutOf the layout by the first line
 */
export async function readRecords(
  path: string,
  account: FileAccount,
  layoutOf: (line: string) => Recognised,
): Promise<Records> {
  const raw = await readBounded(path, account);
  const { bytes, encoding } = toUtf8(raw);
  const text = bytes.toString('latin1').replace(BYTE_ORDER_MARK, '');
  const newline = text.indexOf('\n');
  const line = newline < 0 ? text : text.slice(0, newline);
  const recognised = layoutOf(decodeUtf8(line) ?? line);
  const { separator, names } = recognised.header;
  const records = csvRecords(text, separator);
  records.next();
  function* rows(): Generator<Row, void> {
    for (const { line, fields, content: bytes } of records) {
      account.read++;
      const content = decodeUtf8(bytes);
      if (content === null)
        account.reject(line, 'broken encoding', Buffer.from(bytes, 'latin1').toString());
      else if (!fields) account.reject(line, 'broken quoting', content);
      else if (fields.length !== names.length)
        account.reject(line, 'wrong number of fields', content);
      else yield { line, fields: fields.map((field) => decodeUtf8(field) ?? ''), content };
    }
  }
  const sha256 = createHash('sha256').update(raw).digest('hex');
  return { recognised, about: { bytes: raw.length, sha256, encoding, separator }, rows };
}

async function readBounded(path: string, account: FileAccount): Promise<Buffer> {
  const { size } = await stat(path);
  if (size > MAX_BYTES)
    throw new OsusumeError(
      `${account.file} has ${size} bytes, at most ${MAX_BYTES} are expected of a catalogue: check that it is the right file`,
    );
  if (size === 0)
    throw new OsusumeError(`${account.file} is empty: get the file again from the data set`);
  return readFile(path);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: string): string | null {
  try {
    return UTF8.decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return null;
  }
}
