/** The content of a file or a pasted text → a list. What kind of list it is, is found out from the content alone. */

import { textOf } from './file/list-text.ts';
import { refuseOtherFiles, refuseOtherTexts } from './file/signatures.ts';
import { gunzip, isGzip, MOST_UNPACKED, refuseTooMuch } from './file/unpack.ts';
import { isZip, zippedLists } from './file/zip.ts';
import { readListJson } from './json/json-list.ts';
import { ImportError } from './list/import-error.ts';
import { type ImportedList, type Note, note } from './list/imported-list.ts';
import type { ListOptions } from './list/list-builder.ts';
import { readListText } from './table/csv-list.ts';
import { readMalXml } from './xml/mal-xml.ts';

export interface ReadOptions extends ListOptions {
  /** bytes unpacked; default: more than a list of all titles */
  readonly most?: number;
}

/** Times that a file may be packed: some have been packed twice. */
const MOST_LAYERS = 3;

/** @throws ImportError that says what is wrong, and where */
export async function readList(bytes: Uint8Array, options: ReadOptions): Promise<ImportedList> {
  return readLayer(bytes, options, MOST_LAYERS);
}

async function readLayer(
  bytes: Uint8Array,
  options: ReadOptions,
  layers: number,
): Promise<ImportedList> {
  const { name, most = MOST_UNPACKED } = options;
  if (bytes.length === 0) throw new ImportError('unreadable', `${name} is empty`);
  refuseOtherFiles(bytes, name);
  if (layers > 0 && isGzip(bytes))
    return readLayer(await gunzip(bytes, name, most), options, layers - 1);
  if (layers > 0 && isZip(bytes)) return readZip(bytes, options, layers - 1);
  refuseTooMuch(bytes.length, bytes.length, name, most);
  return readPlain(bytes, options);
}

/** The first file in it that is a list with anime. */
async function readZip(
  bytes: Uint8Array,
  options: ReadOptions,
  layers: number,
): Promise<ImportedList> {
  const files = await zippedLists(bytes, options.name, options.most ?? MOST_UNPACKED);
  let failure: unknown;
  for (const [at, file] of files.entries()) {
    try {
      const list = await readLayer(await file.read(), options, layers);
      if (list.rows.length === 0 && at < files.length - 1) continue;
      const others = files.length - 1;
      const more = others > 0 ? [note('other-files', { count: others, detail: file.name })] : [];
      return { ...list, notes: [...list.notes, ...more] };
    } catch (error) {
      if (!(error instanceof ImportError) || error.fault === 'too-large') throw error;
      failure ??= error;
    }
  }
  throw failure;
}

/** Letters in which the kind of a text is recognised. */
const START = 4096;

async function readPlain(bytes: Uint8Array, options: ReadOptions): Promise<ImportedList> {
  const { name } = options;
  const start = textOf(bytes.subarray(0, START)).text.replace(/^\uFEFF/, '');
  refuseOtherTexts(start, name);
  // An export may have 30 MB and is read as a stream.
  if (/^[\s\p{Cc}]*</u.test(start)) return readMalXml(bytes, options);
  const { text, encoding, broken } = textOf(bytes);
  const notes: Note[] = [
    ...(encoding ? [note('converted', { detail: encoding })] : []),
    ...(broken > 0 ? [note('broken-bytes', { count: broken })] : []),
  ];
  if (/^\s*[[{]/.test(start)) {
    const list = readListJson(text, { ...options, notes });
    if (list) return list;
  }
  return readListText(text, { ...options, notes });
}
