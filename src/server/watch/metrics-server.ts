/** Serves metrics, and nothing else, on a port of their own: for an address that visitors cannot reach. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';

export interface MetricsServer {
  readonly port: number;
  close(): Promise<void>;
}

/** @param port 0 = any free port @throws what listening throws, such as EADDRINUSE */
export async function serveMetrics(
  metrics: Metrics,
  host: string,
  port: number,
): Promise<MetricsServer> {
  const server = createServer(answerBy(metrics)).listen(port, host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => closed(server) };
}

function answerBy(metrics: Metrics): RequestListener {
  return async ({ method, url }, response) => {
    const isKnown = url?.split('?', 1)[0] === '/metrics';
    if (!isKnown || (method !== 'GET' && method !== 'HEAD')) {
      response.writeHead(isKnown ? 405 : 404, { 'content-type': 'text/plain' });
      return response.end('Metrics are at GET /metrics\n');
    }
    try {
      const text = await metrics.text();
      response.setHeader('content-type', metrics.contentType);
      response.setHeader('cache-control', 'no-store');
      return response.end(text);
    } catch {
      response.writeHead(500, { 'content-type': 'text/plain' });
      return response.end('The metrics could not be collected\n');
    }
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
