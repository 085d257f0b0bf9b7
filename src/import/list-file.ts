/** Reads a list's file; what it is, is found from its content, not from its name. */
import { readFile } from 'node:fs/promises';
import { ImportError } from './list/import-error.ts';
import type { ImportedList } from './list/imported-list.ts';
import type { ScaleChoice } from './list/scale.ts';
import { readList } from './read-list.ts';

/**
 * @param scale of its scores; default: found in the file
 * @throws ImportError that says what is wrong, and where
 */
export async function readListFile(path: string, scale?: ScaleChoice): Promise<ImportedList> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new ImportError('unreadable', `Cannot read the list ${path}: ${why}`);
  });
  return readList(bytes, { name: path, scale });
}
