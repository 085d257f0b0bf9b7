/**
 * Bodies as JSON. One whose objects have more names than any schema is refused before it is parsed: 190,000 different
 * names take a fifth of a second, and every step after it as long again.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

/** In one object. */
const MOST_NAMES = 1000;
/** Bytes in which so many names are no trouble. */
const SMALL = 1 << 16;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPENING = 0x7b;
const CLOSING = 0x7d;

const MANY = new Problem(
  400,
  `The body has an object of more than ${MOST_NAMES} names; nothing here has so many. Send lists as lists`,
);

/** Gets the body, or why there is none. */
type Done = (error: Error | null, body?: unknown) => void;
export type Parse = (request: FastifyRequest, bytes: Buffer, done: Done) => void;
type ParseText = (request: FastifyRequest, text: string, done: Done) => void;
type Scope = Pick<
  FastifyInstance,
  'addContentTypeParser' | 'getDefaultJsonParser' | 'removeContentTypeParser'
>;

/** From now on the scope's bodies that are JSON are read by `parse`. */
export function parseJsonBy(scope: Scope, parse: Parse = jsonParser(scope)): void {
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, parse);
}

/** What parses a whole body. */
export function jsonParser(scope: Pick<Scope, 'getDefaultJsonParser'>): Parse {
  // Looking for "__proto__" in a long list takes as long as parsing it. The schemas refuse unknown names instead.
  const parseText = scope.getDefaultJsonParser('ignore', 'ignore') as ParseText;
  return (request, bytes, done) => {
    if (bytes.length > SMALL && hasManyNames(bytes)) done(MANY);
    else parseText(request, bytes.toString(), done);
  };
}

/** Whether an object has more than MOST_NAMES names. What is no JSON is passed over: parsing says so. */
function hasManyNames(bytes: Buffer): boolean {
  const names: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at];
    if (code === QUOTE) {
      for (at++; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
    } else if (code === OPENING) names.push(0);
    else if (code === CLOSING) names.pop();
    else if (code === COLON && ++names[names.length - 1] > MOST_NAMES) return true;
  }
  return false;
}
