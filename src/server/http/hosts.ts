/**
 * Names that a request may call the server by. A page of another site can give its own name this machine's address (DNS
 * rebinding): its requests then reach a server that only this machine should reach, as if both were one site. They still
 * carry that page's name.
 */
import { isIP } from 'node:net';
import type { App } from './fastify.ts';
import { Problem } from './problem.ts';

/** @param names beside the names of this machine; null = any name */
export function refuseOtherHosts(app: App, names: readonly string[] | null): void {
  if (names === null) return;
  const allowed = new Set(names.map((name) => name.toLowerCase()));
  // Almost every request has the same name as the one before.
  let last: string | undefined;
  app.addHook('onRequest', ({ headers: { host } }, _reply, done) => {
    // HTTP/1.0 needs no name, and no browser speaks it.
    if (host === undefined || host === last) return done();
    if (!isLocal(host, allowed)) return done(misdirected(host));
    last = host;
    done();
  });
}

/** Addresses and names without a dot, such as localhost: nobody can register one for a page of another site. */
function isLocal(host: string, allowed: ReadonlySet<string>): boolean {
  const name = host
    .toLowerCase()
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  if (isIP(name) !== 0 || /^[\w-]+$/.test(name) || name.endsWith('.localhost')) return true;
  return allowed.has(name);
}

function misdirected(host: string): Problem {
  const name = host.slice(0, 100);
  return new Problem(
    421,
    `This server listens to its own machine only, and is not called ${name}. The operator can allow the name (serve.allowedHosts or OSUSUME_ALLOWED_HOSTS), or trust the proxy in front (OSUSUME_TRUST_PROXY)`,
  );
}

/** Whether a server that listens there can be reached from its own machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
