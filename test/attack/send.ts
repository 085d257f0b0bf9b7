/** What an attacker sends: requests as bytes, over sockets that nobody is polite with. */
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

/** Through fetch; a connection that the server closes counts as status 0. */
export async function send(
  url: string,
  { method = 'POST', headers, body }: Sent = {},
): Promise<Answer> {
  try {
    const response = await fetch(url, { method, headers, body: body as BodyInit | undefined });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    return { status: 0, headers: new Headers(), text: String((error as Error).cause ?? error) };
  }
}

export const sendJson = (url: string, body: string | Uint8Array, headers = {}) =>
  send(url, { headers: { 'content-type': 'application/json', ...headers }, body });

/** JSON, packed. */
export const sendPacked = (url: string, body: string) =>
  sendJson(url, gzipSync(body), { 'content-encoding': 'gzip' });

/** A connection on which `bytes` are written; errors are swallowed, as the server may close it at any time. */
export function openSocket(port: number, bytes: string | Uint8Array = ''): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  return new Promise((resolve) => {
    socket.once('close', () => resolve(socket));
    socket.once('connect', () => {
      if (bytes.length > 0) socket.write(bytes);
      resolve(socket);
    });
  });
}

/** All that comes back until the server closes the connection, or `ms` are over. */
export async function readAll(socket: Socket, ms: number): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  await Promise.race([
    new Promise((resolve) => socket.once('close', resolve)),
    new Promise((resolve) => setTimeout(resolve, ms)),
  ]);
  return text;
}

export function head(path: string, headers: Record<string, string | number>): string {
  const lines = Object.entries({ host: 'x', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}
