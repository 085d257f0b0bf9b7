/** Reads MyAnimeList's export, animelist_*.xml, as a stream. */
import { encodingOf } from '../file/list-text.ts';
import { type ImportedList, type Note, note } from '../list/imported-list.ts';
import type { ListOptions } from '../list/list-builder.ts';
import { MalXmlReader } from './mal-xml-reader.ts';

/** Bytes that are parsed before the next are. */
const PIECE = 64 << 10;

/**
 * What programs write is read although it is not well-formed: a naked &, entities of HTML, control characters, broken
 * bytes. No entity of the file's own is expanded, and a DOCTYPE is refused.
 * @throws ImportError that says what is wrong
 */
export function readMalXml(bytes: Uint8Array, options: ListOptions): ImportedList {
  const encoding = encodingOf(bytes);
  const decoder = new TextDecoder(encoding.label);
  const reader = new MalXmlReader(options);
  let broken = 0;
  const write = (text: string) => {
    broken += text.split('\ufffd').length - 1;
    reader.write(text);
  };
  for (let at = 0; at < bytes.length; at += PIECE)
    write(decoder.decode(bytes.subarray(at, at + PIECE), { stream: true }));
  write(decoder.decode());
  const notes: Note[] = [
    ...(encoding.name ? [note('converted', { detail: encoding.name })] : []),
    ...(encoding.name === null && broken > 0 ? [note('broken-bytes', { count: broken })] : []),
  ];
  return reader.close(notes);
}
