/** Files that are no list but are often dropped as one: what they are, and what to do. */
import { ImportError } from '../list/import-error.ts';

const AS_CSV =
  'Open it and save it as CSV (in Excel "CSV UTF-8", in LibreOffice "Text CSV", in Google Sheets "Download", then "Comma-separated values"), and bring that file';

const SIGNATURES: readonly (readonly [start: string, what: string, next: string])[] = [
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'is an old Excel workbook or Office document', AS_CSV],
  ['%PDF', 'is a PDF', 'Bring the list as the site exports it'],
  ['{\\rtf', 'is a formatted text (RTF)', 'Save it as plain text or CSV, and bring that file'],
  ['\x89PNG', 'is a picture', 'Bring the list as a file or paste it as text'],
  ['\xff\xd8\xff', 'is a picture', 'Bring the list as a file or paste it as text'],
  ['GIF8', 'is a picture', 'Bring the list as a file or paste it as text'],
  ['PAR1', 'is a Parquet file', 'Save it as CSV, and bring that file'],
  ['SQLite format 3', 'is a database (SQLite)', 'Export the list from the app that made it'],
  ['7z\xbc\xaf\x27\x1c', 'is packed with 7-Zip', 'Unpack it, and bring the list in it'],
  ['Rar!', 'is packed as RAR', 'Unpack it, and bring the list in it'],
  ['BZh', 'is packed with bzip2', 'Unpack it, and bring the list in it'],
  ['\xfd7zXZ', 'is packed with xz', 'Unpack it, and bring the list in it'],
  ['\x28\xb5\x2f\xfd', 'is packed with Zstandard', 'Unpack it, and bring the list in it'],
  ['bplist', 'is a property list', 'Export the list from the app that made it'],
];

/** @throws ImportError when the bytes are of a known kind that is no list */
export function refuseOtherFiles(bytes: Uint8Array, name: string): void {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const found = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (found) throw new ImportError('unreadable', `${name} ${found[1]}. ${found[2]}`);
}

/** @param files in a zip @throws ImportError when they are those of a document */
export function refuseDocuments(files: readonly string[], name: string): void {
  const has = (pattern: RegExp) => files.some((file) => pattern.test(file));
  const refuse = (what: string, next: string) => {
    throw new ImportError('unreadable', `${name} is ${what}. ${next}`);
  };
  if (has(/^xl\//)) refuse('an Excel workbook (.xlsx)', AS_CSV);
  if (has(/^Index\/.*\.iwa$|^Index\.zip$/)) refuse('a Numbers or Pages document', AS_CSV);
  if (has(/^content\.xml$/) && has(/^mimetype$/))
    refuse('a LibreOffice or OpenOffice document (.ods, .odt)', AS_CSV);
  if (has(/^word\//)) refuse('a Word document (.docx)', 'Copy the list out of it, and paste it');
  if (has(/^\[Content_Types\]\.xml$/)) refuse('an Office document', AS_CSV);
}

/** @throws ImportError when the text is that of a page or of a spreadsheet in XML */
export function refuseOtherTexts(start: string, name: string): void {
  if (/<\?mso-application progid="Excel|<(?:\w+:)?Workbook[\s>]/i.test(start))
    throw new ImportError('unreadable', `${name} is an Excel workbook in XML. ${AS_CSV}`);
  if (/^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b/is.test(start))
    throw new ImportError(
      'unreadable',
      `${name} is a web page: it begins with <html>. Bring the list as the site exports it, or copy the titles and paste them`,
    );
}
