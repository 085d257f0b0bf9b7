/** Bodies as JSON. Large ones are checked before they are parsed, and other requests are answered between the steps. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { eventLoopTurn } from '../../time-slice.ts';
import { checkJsonBounds } from './json-bounds.ts';

/** Bytes that JSON.parse reads within a few milliseconds, whatever they are. */
export const SMALL = 1 << 16;

declare module 'fastify' {
  interface FastifyRequest {
    /** when its body was there and began to be parsed, by performance.now() */
    readingSince: number;
  }
}

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
    request.readingSince = performance.now();
    if (bytes.length <= SMALL) return parseText(request, bytes.toString(), done);
    checkJsonBounds(bytes)
      .then(eventLoopTurn)
      .then(() => {
        parseText(request, bytes.toString(), (error, body) => {
          void eventLoopTurn().then(() => done(error, body));
        });
      })
      .catch(done);
  };
}
