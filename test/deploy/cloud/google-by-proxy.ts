/**
 * Google's own addresses, played here: a proxy takes connections to its storage and to its server of tokens, a server
 * with a certificate for these names answers, and fake-gcs-server does the work. So a command runs with nothing
 * configured but credentials.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

const STORAGE = 'storage.googleapis.com';
const TOKENS = ['oauth2.googleapis.com', 'www.googleapis.com'];
const NAMES = [STORAGE, ...TOKENS];
export const TOKEN = 'ya29.SECRET-ACCESS-TOKEN';

export interface PlayedGoogle {
  /** for a command, beside its credentials */
  readonly environment: Readonly<Record<string, string>>;
  /** the Authorization of each request for storage, and what was asked for tokens */
  readonly authorizations: (string | undefined)[];
  readonly tokenRequests: string[];
  /** where a machine of Google's finds its account */
  readonly metadataHost: string;
  close(): Promise<void>;
}

/** @param storage where storage is played; requests without the token are answered by 401 */
export async function playGoogle(folder: string, storage: string): Promise<PlayedGoogle> {
  const certificate = makeCertificate(folder);
  const authorizations: (string | undefined)[] = [];
  const tokenRequests: string[] = [];
  const answerToken = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    tokenRequests.push(`${incoming.method} ${incoming.url} ${body}`);
    outgoing.writeHead(200, { 'content-type': 'application/json', 'metadata-flavor': 'Google' });
    outgoing.end(JSON.stringify({ access_token: TOKEN, expires_in: 3600, token_type: 'Bearer' }));
  };
  const google = createTlsServer(
    { key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) },
    (incoming, outgoing) => {
      if (TOKENS.includes(incoming.headers.host ?? '')) return void answerToken(incoming, outgoing);
      authorizations.push(incoming.headers.authorization);
      if (incoming.headers.authorization !== `Bearer ${TOKEN}`) {
        incoming.resume();
        return void outgoing.writeHead(401).end('{"error":{"code":401,"message":"SECRET"}}');
      }
      const { method, url: path, headers } = incoming;
      const { hostname, port } = new URL(storage);
      incoming.pipe(
        request({ hostname, port, method, path, headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        }),
      );
    },
  );
  // Server.closeAllConnections() does not know the connections of tunnels.
  const tunnels = new Set<Duplex>();
  const proxy = createServer().on('connect', (incoming: IncomingMessage, socket) => {
    if (!NAMES.some((name) => incoming.url === `${name}:443`))
      return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const onward = connect(portOf(google), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    for (const end of [socket, onward]) {
      tunnels.add(end);
      end.on('error', () => {}).on('close', () => tunnels.delete(end));
    }
  });
  const tokens = createServer(answerToken);
  const servers = [google, proxy, tokens];
  for (const server of servers)
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const proxyUrl = `http://127.0.0.1:${portOf(proxy)}`;
  return {
    environment: {
      ...{
        HTTPS_PROXY: proxyUrl,
        https_proxy: proxyUrl,
        NO_PROXY: '127.0.0.1',
        no_proxy: '127.0.0.1',
      },
      NODE_EXTRA_CA_CERTS: certificate.cert,
    },
    authorizations,
    tokenRequests,
    metadataHost: `127.0.0.1:${portOf(tokens)}`,
    async close() {
      for (const end of tunnels) end.destroy();
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
      }
    },
  };
}

function portOf(server: Pick<Server, 'address'>): number {
  return (server.address() as AddressInfo).port;
}

function makeCertificate(folder: string): { key: string; cert: string } {
  const key = join(folder, 'google.key');
  const cert = join(folder, 'google.crt');
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      ...[
        '-subj',
        `/CN=${STORAGE}`,
        '-addext',
        `subjectAltName=${NAMES.map((name) => `DNS:${name}`).join()}`,
      ],
    ],
    { stdio: 'ignore' },
  );
  return { key, cert };
}
