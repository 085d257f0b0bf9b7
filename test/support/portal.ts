/** Somebody else's site: pages at an origin of its own. */
import { createServer } from 'node:http';

export interface Portal {
  readonly origin: string;
  /**
   * From now on it has this page.
   * @param policy its content security policy; default: none
   * @returns its address
   */
  page(body: string, policy?: string): string;
  close(): void;
}

export async function openPortal(): Promise<Portal> {
  let html = '';
  let policyHeader = {};
  const server = createServer((request, response) => {
    if (request.url !== '/') return response.writeHead(404).end();
    return response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...policyHeader })
      .end(html);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // Another name of the same machine: another origin, as a portal has.
  const origin = `http://localhost:${(server.address() as { port: number }).port}`;
  return {
    origin,
    page(body, policy) {
      policyHeader = policy ? { 'content-security-policy': policy } : {};
      html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Portal</title></head><body><main><h1>Portal</h1>${body}</main></body></html>`;
      return `${origin}/`;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
