/** Reads a list's file; its format is found from its content, not from its name. */
import { readFile } from 'node:fs/promises';
import { ImportError, type ImportedList } from './imported-list.ts';
import { isGzip } from './mal-xml.ts';
import { readList } from './read-list.ts';

/**
 * A MyAnimeList export (.xml, .xml.gz) or a CSV.
 * @throws ImportError that says what is wrong, and where
 */
export async function readListFile(path: string): Promise<ImportedList> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new ImportError('unreadable', `Cannot read the list ${path}: ${why}`);
  });
  const isXml = isGzip(bytes) || /^\s*</.test(bytes.subarray(0, 200).toString());
  return readList(isXml ? 'mal-xml' : 'csv', bytes, path);
}
