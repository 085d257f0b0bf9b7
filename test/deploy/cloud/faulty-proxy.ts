/** A proxy in front of a server, which refuses, cuts, slows down or holds what passes, as it is told. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Passing {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

export interface Fault {
  /** answers this instead of asking the server */
  readonly status?: number;
  /** breaks the connection off when so many bytes of the answer's body have passed */
  readonly cutAnswerAfter?: number;
  /** breaks the connection off when so many bytes of the request's body have passed */
  readonly cutRequestAfter?: number;
  /** holds back what comes after so many bytes of the answer's body, until this resolves */
  readonly holdAfter?: number;
  readonly until?: () => Promise<unknown>;
  /** ms between two pieces of the answer, of `piece` bytes each */
  readonly pauseMs?: number;
  readonly piece?: number;
  /** takes the request and never answers */
  readonly silent?: boolean;
  /** changes the bytes of the answer */
  readonly alter?: (bytes: Buffer) => Buffer;
  /** happens before the request is passed on */
  readonly before?: () => Promise<unknown>;
}

/** What happens to a request; null = it passes. `count`: requests so far */
export type Plan = (passing: Passing, count: number) => Fault | null;

export interface FaultyProxy {
  readonly url: string;
  readonly seen: Passing[];
  /** from now on */
  play(plan: Plan): void;
  close(): Promise<void>;
}

export async function faultyProxy(port: () => number): Promise<FaultyProxy> {
  const seen: Passing[] = [];
  let plan: Plan = () => null;
  const server = createServer(async (incoming, outgoing) => {
    const passing = describe(incoming);
    const fault = plan(passing, seen.push(passing)) ?? {};
    await fault.before?.();
    if (fault.silent) return void incoming.resume();
    if (fault.status !== undefined) return refuse(incoming, outgoing, fault.status);
    pass(incoming, outgoing, port(), fault);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    play(next) {
      seen.length = 0;
      plan = next;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function describe({ method = '', url = '/', headers }: IncomingMessage): Passing {
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  return { method, path: decodeURIComponent(pathname), query: searchParams, headers };
}

function refuse(incoming: IncomingMessage, outgoing: ServerResponse, status: number): void {
  incoming.resume();
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify({ error: { code: status, message: 'SECRET-IN-AN-ANSWER' } }));
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, port: number, fault: Fault) {
  const { method, url: path, headers } = incoming;
  const onward = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    void sendBody(answer, outgoing, fault);
  });
  onward.on('error', () => outgoing.destroy());
  if (fault.cutRequestAfter === undefined) incoming.pipe(onward);
  else cutRequest(incoming, fault.cutRequestAfter, () => onward.destroy());
}

/** The server never sees a request that breaks off. */
function cutRequest(incoming: IncomingMessage, after: number, then: () => void): void {
  let bytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes < after) return;
    incoming.socket.destroy();
    then();
  });
}

async function sendBody(answer: IncomingMessage, outgoing: ServerResponse, fault: Fault) {
  const { cutAnswerAfter: limit = Number.POSITIVE_INFINITY, alter, pauseMs, piece = 4096 } = fault;
  let sent = 0;
  try {
    for await (const chunk of answer) {
      const bytes = alter ? alter(chunk as Buffer) : (chunk as Buffer);
      if (sent >= (fault.holdAfter ?? limit)) await fault.until?.();
      const step = pauseMs === undefined ? bytes.length : piece;
      for (let at = 0; at < bytes.length; at += step) {
        const part = bytes.subarray(at, Math.min(at + step, bytes.length, at + limit - sent));
        sent += part.length;
        await new Promise((written) => outgoing.write(part, written));
        if (pauseMs !== undefined) await new Promise((done) => setTimeout(done, pauseMs));
        if (sent < limit) continue;
        // What has been written is on its way before the connection goes.
        await new Promise((done) => setTimeout(done, 20));
        return void outgoing.destroy();
      }
    }
    outgoing.end();
  } catch {
    outgoing.destroy();
  }
}
