/** Bytes → text, in whatever encoding a program has written them. */
import { type Encoding, legacyEncodingOf } from './legacy-encoding.ts';

export interface ListText {
  readonly text: string;
  /** as people call it; null = UTF-8 */
  readonly encoding: string | null;
  /** places that are not text in UTF-8, each of which became U+FFFD */
  readonly broken: number;
}

/** Bytes that are looked at to recognise an encoding. */
const SAMPLE = 1 << 20;

export function textOf(bytes: Uint8Array): ListText {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding.label).decode(bytes);
  const broken = encoding.name === null ? occurrences(text, '\ufffd') : 0;
  return { text, encoding: encoding.name, broken };
}

const UTF_8: Encoding = { label: 'utf-8', name: null };
const UTF_16_LE: Encoding = { label: 'utf-16le', name: 'UTF-16' };
const UTF_16_BE: Encoding = { label: 'utf-16be', name: 'UTF-16' };

/** @param bytes the beginning is enough */
export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return UTF_16_LE;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return UTF_16_BE;
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return UTF_8;
  const sample = bytes.subarray(0, SAMPLE);
  const wide = wideOf(sample);
  if (wide) return wide;
  const { sequences, broken } = utf8In(sample);
  // One byte may be damaged; text in another encoding has hardly a sequence that is UTF-8.
  if (broken === 0 || sequences >= 4 * broken) return UTF_8;
  return legacyEncodingOf(sample) ?? UTF_8;
}

/** UTF-16 without a mark: every other byte of Latin text is 0. */
function wideOf(sample: Uint8Array): Encoding | null {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at++) {
    if (sample[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  const half = sample.length / 2;
  if (odd > 0.3 * half && even < 0.05 * half) return UTF_16_LE;
  return even > 0.3 * half && odd < 0.05 * half ? UTF_16_BE : null;
}

/** How many sequences of several bytes are UTF-8, and how many bytes above 127 belong to none. */
function utf8In(sample: Uint8Array): { sequences: number; broken: number } {
  let sequences = 0;
  let broken = 0;
  for (let at = 0; at < sample.length; ) {
    const length = sequenceLength(sample, at);
    if (length > 1) sequences++;
    // A sequence that the end of the sample cuts is not broken.
    else if (sample[at] > 0x7f && at + 4 <= sample.length) broken++;
    else if (sample[at] > 0x7f && sample.length < SAMPLE) broken++;
    at += Math.max(1, length);
  }
  return { sequences, broken };
}

/** Bytes of the UTF-8 sequence at `at`; 0 = none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (first > 0xf4 || length === 0) return 0;
  for (let n = 1; n < length; n++) if ((bytes[at + n] & 0xc0) !== 0x80) return 0;
  return length;
}

function occurrences(text: string, letter: string): number {
  let count = 0;
  for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1)) count++;
  return count;
}
