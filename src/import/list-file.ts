/** Reads a list's file; its format is found from its content, not from its name. */
import { readFile } from 'node:fs/promises';
import { readListCsv } from './csv.ts';
import { ImportError, type ImportedList } from './imported-list.ts';
import { isGzip, readMalXml } from './mal-xml.ts';

/**
 * A MyAnimeList export (.xml, .xml.gz) or a CSV.
 * @throws ImportError that says what is wrong, and where
 */
export async function readListFile(path: string): Promise<ImportedList> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new ImportError('unreadable', `Cannot read the list ${path}: ${why}`);
  });
  if (isGzip(bytes) || /^(\uFEFF|\s)*</.test(bytes.subarray(0, 200).toString()))
    return readMalXml(bytes, path);
  return readListCsv(csvText(bytes, path), path);
}

/** @throws ImportError when it is not UTF-8 */
export function csvText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ImportError('unreadable', `${name} is not text in UTF-8. Save the CSV as UTF-8`);
  }
}
