/** Which encoding bytes are in, and what they are in UTF-8. */
export type Encoding = 'UTF-8' | 'UTF-16' | 'Windows-1252' | 'Shift JIS';

/** As TextDecoder calls it; null = not UTF-16. */
export function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // Without a byte order mark: every second byte of the header is zero.
  const looked = head.subarray(0, 64);
  if (looked.length < 8) return null;
  const zeros = [0, 1].map(
    (first) => looked.filter((byte, at) => at % 2 === first && byte === 0).length,
  );
  const most = 0.45 * looked.length;
  if (zeros[1] > most && zeros[0] === 0) return 'utf-16le';
  return zeros[0] > most && zeros[1] === 0 ? 'utf-16be' : null;
}

/** UTF-16 → UTF-8 as it comes; other bytes pass unchanged. */
export async function* asUtf8(
  chunks: AsyncIterable<Uint8Array>,
  onEncoding: (encoding: Encoding) => void,
): AsyncGenerator<Uint8Array, void> {
  let decoder: TextDecoder | null | undefined;
  for await (const chunk of chunks) {
    if (decoder === undefined) {
      const encoding = utf16Of(chunk);
      decoder = encoding && new TextDecoder(encoding);
      onEncoding(encoding ? 'UTF-16' : 'UTF-8');
    }
    yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
  }
  const rest = decoder?.decode();
  if (rest) yield Buffer.from(rest);
}

/** A sequence of more than one byte that is UTF-8, in a text of one character a byte. */
const MULTIBYTE = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g;

/**
 * A whole file in UTF-8. Bytes that are in none of the encodings stay what they are: their rows are lost, not the others.
 */
export function toUtf8(bytes: Buffer): { bytes: Buffer; encoding: Encoding } {
  const utf16 = utf16Of(bytes);
  if (utf16)
    return { bytes: Buffer.from(new TextDecoder(utf16).decode(bytes)), encoding: 'UTF-16' };
  if (isMostlyUtf8(bytes)) return { bytes, encoding: 'UTF-8' };
  const japanese = decodeAs('shift_jis', bytes);
  if (japanese !== null && isJapanese(japanese))
    return { bytes: Buffer.from(japanese), encoding: 'Shift JIS' };
  if (isWestern(bytes))
    return { bytes: Buffer.from(decodeAs('windows-1252', bytes) ?? ''), encoding: 'Windows-1252' };
  return { bytes, encoding: 'UTF-8' };
}

/** Accented letters and typographic quotes stand beside plain letters. Windows-1252 leaves five bytes undefined. */
function isWestern(bytes: Buffer): boolean {
  if (bytes.includes(0) || [0x81, 0x8d, 0x8f, 0x90, 0x9d].some((byte) => bytes.includes(byte)))
    return false;
  let beyondAscii = 0;
  let besideLetters = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] < 0x80) continue;
    beyondAscii++;
    if (isLetter(bytes[at - 1]) || isLetter(bytes[at + 1])) besideLetters++;
  }
  return besideLetters >= 0.5 * beyondAscii;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a && byte < 0x80;
}

function isMostlyUtf8(bytes: Buffer): boolean {
  let beyondAscii = 0;
  for (const byte of bytes) if (byte >= 0x80) beyondAscii++;
  if (beyondAscii === 0) return true;
  let valid = 0;
  for (const [sequence] of bytes.toString('latin1').matchAll(MULTIBYTE)) valid += sequence.length;
  return valid >= 0.5 * beyondAscii;
}

function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Kana are in every Japanese text; what Windows-1252 becomes when it is read as Shift JIS has hardly any. */
function isJapanese(text: string): boolean {
  const kana = text.match(/[\u3040-\u30ff]/g)?.length ?? 0;
  const others = [...text].filter((letter) => letter > '\x7f').length;
  return kana >= 0.2 * others;
}
