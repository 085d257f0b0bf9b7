/** Whose limits a request counts against. */
import type { FastifyRequest } from 'fastify';
import type { TrustProxy } from '../../config/trust-proxy-option.ts';
import { OwnAddresses } from './own-address.ts';
import { visitorOf } from './visitor.ts';

/** null = no limits for one visitor apply: a program of the same machine, such as a portal's server */
export type LimitedVisitor = (request: FastifyRequest) => string | null;

/** @param proxies behind a trusted proxy of the same machine the address is a visitor's */
export function limitedVisitorBy(proxies: TrustProxy = false): LimitedVisitor {
  const own = new OwnAddresses();
  return ({ ip, socket }) => {
    if (proxies === false && own.has(socket.remoteAddress)) return null;
    // A client that has gone has no address.
    return visitorOf(ip ?? '');
  };
}
