/**
 * An error's message or stack without what people sent. Code that fails may quote the value that it failed on: a name, a
 * title, a key. Whatever the request contained is replaced, and so is what looks like an address.
 */
import { isIP } from 'node:net';

/** What a request contained. */
export interface Inputs {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly headers?: object;
  readonly body?: unknown;
  /** of the visitor */
  readonly ip?: string;
}

const GONE = '…';
/** Shorter texts are parts of ordinary words. */
const SHORTEST = 3;
/** Different values of a request that are looked for. */
const MOST_VALUES = 2000;
const MOST_DEPTH = 20;
/** Letters of a text that are kept: a stack has about two thousand. */
const LONGEST = 10_000;

/** Words of the API itself, and headers that say nothing of a person: both are frequent in messages. */
const WORDS = new Set(['true', 'false', 'null', 'none', 'error', 'completed', 'dropped']);
const HEADERS = /^(accept.*|connection|content-.*|host|sec-.*|te|transfer-encoding|upgrade.*)$/;

export function withoutInputs(text: string, inputs: Inputs = {}): string {
  let clean = text.slice(0, LONGEST);
  for (const value of valuesOf(inputs)) clean = clean.replaceAll(value, GONE);
  return withoutAddresses(clean);
}

/** Queries and credentials of URLs, e-mail addresses, and IP addresses. */
export function withoutAddresses(text: string): string {
  return text
    .replace(/\b([a-z][a-z+.-]*:\/\/)[^\s/@]+@/gi, `$1${GONE}@`)
    .replace(/\?[^\s'"`)]+=[^\s'"`)]*/g, `?${GONE}`)
    .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, GONE)
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, GONE)
    .replace(/[\da-f:.]{3,45}/gi, (word) => (isIP(word.replace(/[.:]$/, '')) > 0 ? GONE : word));
}

/** The texts of a request, the longest first: a part of another must not be replaced before it. */
function valuesOf({ params, query, headers, body, ip }: Inputs): string[] {
  const found = new Set<string>();
  const telling = Object.entries(headers ?? {}).filter(([name]) => !HEADERS.test(name));
  for (const part of [params, query, telling.map(([, value]) => value), body, ip])
    collect(part, found, 0);
  return [...found].sort((a, b) => b.length - a.length);
}

function collect(value: unknown, found: Set<string>, depth: number): void {
  if (found.size >= MOST_VALUES || depth > MOST_DEPTH) return;
  if (typeof value === 'string') {
    if (value.length >= SHORTEST && !WORDS.has(value.toLowerCase())) found.add(value);
    return;
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  for (const part of Object.values(value)) collect(part, found, depth + 1);
}
