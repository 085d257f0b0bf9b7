/**
 * `Expect: 100-continue`: a client asks before it sends a body. It may send when nothing in the headers forbids it; else
 * it gets the refusal at once, and need not send what nobody reads.
 */
import { errorCodes } from 'fastify';
import type { App } from '../http/fastify.ts';
import { expectsContinue } from './guarded-server.ts';

/** Call it after every other hook that may refuse a request. */
export function continueWhenWelcome(app: App): void {
  app.addHook('preParsing', (request, reply, _payload, done) => {
    if (!expectsContinue.has(request.raw)) return done();
    const limit = request.routeOptions.bodyLimit ?? Number.POSITIVE_INFINITY;
    if (Number(request.headers['content-length']) > limit)
      return done(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE());
    reply.raw.writeContinue();
    done();
  });
}
