/** Another site, played by a local server: keeps what it is asked and answers as told, slowly or brokenly if need be. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** instead of JSON */
  readonly text?: string;
}

/** 'silence' never answers, 'hang up' closes the connection; `count`: requests so far */
export type Answer = (asked: Asked, count: number) => Reply | 'silence' | 'hang up';

export interface UpstreamServer {
  readonly url: string;
  readonly asked: Asked[];
  /** from now on */
  play(answer: Answer): void;
  close(): Promise<void>;
}

export async function upstreamServer(
  answer: Answer = () => ({ status: 404 }),
): Promise<UpstreamServer> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const what = await readRequest(request);
    const reply = answer(what, asked.push(what));
    if (reply === 'hang up') request.socket.destroy();
    else if (reply !== 'silence') send(response, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    play(next) {
      asked.length = 0;
      answer = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, { status = 200, headers, json, text }: Reply): void {
  const body = text ?? JSON.stringify(json ?? {});
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

async function readRequest(request: IncomingMessage): Promise<Asked> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body: Buffer.concat(parts).toString(),
  };
}
