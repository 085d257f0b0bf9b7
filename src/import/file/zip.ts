/** The files of a zip archive that may be lists. */
import { promisify } from 'node:util';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { ImportError } from '../list/import-error.ts';
import { shownCell } from '../list/imported-list.ts';
import { refuseDocuments } from './signatures.ts';
import { collect } from './unpack.ts';

export interface ZippedFile {
  readonly name: string;
  readonly size: number;
  readonly read: () => Promise<Uint8Array>;
}

/** Files of an archive: a site's export of everything has a dozen. */
const MOST_FILES = 1000;
const LIST = /\.(?:xml|csv|tsv|json|jsonl|txt|md|gz)$/i;

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] <= 7 && bytes[3] <= 8;
}

/**
 * @returns those that are likeliest the list of anime first
 * @throws ImportError when it is damaged, a document, encrypted, or has no list
 */
export async function zippedLists(
  bytes: Uint8Array,
  name: string,
  most: number,
): Promise<ZippedFile[]> {
  const zip = await opened(bytes, name);
  const entries = await entriesOf(zip, name);
  refuseDocuments(
    entries.map(({ fileName }) => fileName),
    name,
  );
  const files = entries.filter(({ fileName }) => !isClutter(fileName));
  const lists = files.filter(({ fileName }) => LIST.test(fileName));
  if (lists.length === 0) {
    const found = files.map(({ fileName }) => fileName);
    const what = found.length === 0 ? 'nothing' : shownCell(found.join(', '));
    throw new ImportError(
      'unreadable',
      `${name} is a zip without a list: it has ${what}. Bring a .xml, .csv, .json or .txt file`,
    );
  }
  return lists.sort((a, b) => rank(a) - rank(b)).map((entry) => fileOf(zip, entry, name, most));
}

function isClutter(path: string): boolean {
  return path.endsWith('/') || /(?:^|\/)(?:__MACOSX\/|\.)/.test(path);
}

function rank({ fileName }: Entry): number {
  if (/manga|comment|review|post|message|character|notification/i.test(fileName)) return 3;
  if (/anime/i.test(fileName)) return 0;
  return /rating|list|librar|backup|export/i.test(fileName) ? 1 : 2;
}

const fromBuffer = promisify<Buffer, yauzl.Options, ZipFile>(yauzl.fromBuffer);

async function opened(bytes: Uint8Array, name: string): Promise<ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return await fromBuffer(buffer, { lazyEntries: true, strictFileNames: false });
  } catch {
    throw damaged(name);
  }
}

function entriesOf(zip: ZipFile, name: string): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('error', () => reject(damaged(name)));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      if (entries.push(entry) > MOST_FILES)
        reject(new ImportError('too-large', `${name} has more than ${MOST_FILES} files in it`));
      else zip.readEntry();
    });
    zip.readEntry();
  });
}

function fileOf(zip: ZipFile, entry: Entry, name: string, most: number): ZippedFile {
  return {
    name: entry.fileName,
    size: entry.uncompressedSize,
    async read() {
      if (entry.isEncrypted())
        throw new ImportError(
          'unreadable',
          `${name} is encrypted. Unpack it, and bring the list in it`,
        );
      try {
        const open = promisify<Entry, AsyncIterable<unknown>>(zip.openReadStream.bind(zip));
        return await collect(await open(entry), entry.compressedSize, name, most);
      } catch (error) {
        throw error instanceof ImportError ? error : damaged(name);
      }
    },
  };
}

function damaged(name: string): ImportError {
  return new ImportError(
    'unreadable',
    `${name} is a zip that is damaged or cut off. Download it again, or unpack it and bring the list in it`,
  );
}
