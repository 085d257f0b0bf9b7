/** The content of a file of a known format → a list. */
import { csvText, readListCsv } from './csv.ts';
import type { ImportedList } from './imported-list.ts';
import { readMalXml } from './mal-xml.ts';

export const FILE_FORMATS = ['mal-xml', 'csv'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/**
 * @param name of the file, for messages
 * @throws ImportError that says what is wrong, and where
 */
export async function readList(
  format: FileFormat,
  bytes: Uint8Array,
  name: string,
): Promise<ImportedList> {
  return format === 'mal-xml' ? readMalXml(bytes, name) : readListCsv(csvText(bytes, name), name);
}
