/** Hostile clients: each kind again and again, from addresses of its own. */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Question } from '../hostile.ts';

/** kind → how often it was answered how: a status, or what became of the connection */
export type HostileReport = Record<string, Record<string, number>>;

interface Client {
  readonly port: number;
  readonly address: string;
  /** Counts an answer. */
  count(answer: string): void;
}

interface Kind {
  /** ms between the ends and beginnings of two rounds */
  readonly pause: number;
  readonly clients: number;
  readonly attack: (client: Client) => Promise<void>;
}

const MB = 1 << 20;
const JSON_TYPE = { 'content-type': 'application/json' };
const PACKED = { 'content-encoding': 'gzip' };
const BOMBS: readonly [path: string, headers: Record<string, string>, body: Uint8Array][] = [
  ['/api/import/csv', {}, gzipSync('\r'.repeat(16 * MB - 1))],
  ['/api/import/csv', PACKED, gzipSync(`anime_id\n${'\r'.repeat(15 * MB)}`)],
  ['/api/import/mal-xml', {}, gzipSync(`<myanimelist${' a=""'.repeat(3 * MB)}>`)],
  ['/api/import/mal-xml', {}, gzipSync(Buffer.alloc(256 * MB))],
  ['/api/recommendations', { ...JSON_TYPE, ...PACKED }, gzipSync('['.repeat(4 * MB))],
  [
    '/api/taste',
    { ...JSON_TYPE, 'content-encoding': 'br' },
    brotliCompressSync(Buffer.alloc(64 * MB, '[]')),
  ],
  [
    '/api/recommendations:batch',
    { ...JSON_TYPE, ...PACKED },
    gzipSync(`{"profiles":[${'[],'.repeat(8 * MB)}[]]}`),
  ],
];
/** 2.5 kB; a batch may have a thousand */
const PROFILE = `{"ratings":[${Array(100).fill('{"animeId":1,"rating":7}').join(',')}]},`;
const NONSENSE = [
  'shimgeky mo kyojim alchemost brotherhod '.repeat(5).slice(0, 190),
  'シンゲキノキョジン'.repeat(22).slice(0, 190),
  '進撃巨人鋼錬金術師'.repeat(22).slice(0, 190),
  'هجوم العمالقة '.repeat(14).slice(0, 190),
];
const ALIASES = `{${Array.from({ length: 24 }, (_, n) => `a${n}: search(query: "${NONSENSE[0]}") { items { title } }`).join(' ')}}`;

const KINDS: Readonly<Record<string, Kind>> = {
  'slow bodies': { pause: 1000, clients: 50, attack: slowBody },
  'slow headers': { pause: 1000, clients: 50, attack: slowHeader },
  'unfinished batches': { pause: 3000, clients: 20, attack: unfinishedBatch },
  bombs: { pause: 2000, clients: 1, attack: bombs() },
  resets: { pause: 200, clients: 2, attack: reset },
  'flood from one address': { pause: 20, clients: 1, attack: flood },
  'search nonsense': { pause: 500, clients: 1, attack: nonsense },
  'GraphQL aliases': { pause: 1500, clients: 1, attack: aliases },
  'wrong keys': { pause: 200, clients: 1, attack: wrongKey },
  'slow readers': { pause: 1000, clients: 5, attack: slowReader },
  pipelining: { pause: 1000, clients: 1, attack: pipeline },
};

/** Attacks until the process ends. @returns makes the reports */
export function hostileClients(url: string): (question: Question) => HostileReport {
  const port = Number(new URL(url).port);
  let report: HostileReport = {};
  let client = 0;
  for (const [kind, { pause, clients, attack }] of Object.entries(KINDS)) {
    const count = (answer: string) => {
      report[kind] ??= {};
      report[kind][answer] = (report[kind][answer] ?? 0) + 1;
    };
    for (let n = 0; n < clients; n++)
      void forever({ port, address: `198.51.100.${client++ % 250}`, count }, pause, attack);
  }
  return (question) => {
    if (question === 'begin') report = {};
    return report;
  };
}

async function forever(client: Client, pause: number, attack: Kind['attack']): Promise<never> {
  for (;;) {
    await attack(client);
    await sleep(pause);
  }
}

function head(client: Client, path: string, headers: Record<string, string | number> = {}): string {
  const all = { host: 'osusume.example', 'x-forwarded-for': client.address, ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const method = 'content-length' in headers ? 'POST' : 'GET';
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

function open({ port }: Client): Socket {
  return connect(port, '127.0.0.1').on('error', () => {});
}

/** Waits for the status line of the answer, or the end of the connection. */
async function answerOn(socket: Socket, patience = 120_000): Promise<string> {
  const answer = await Promise.race([
    new Promise<string>((resolve) =>
      socket.once('data', (data) => resolve(data.toString('latin1', 9, 12))),
    ),
    new Promise<string>((resolve) => socket.once('close', () => resolve('closed'))),
    sleep(patience, 'still open', { ref: false }),
  ]);
  return answer;
}

async function ask(
  client: Client,
  path: string,
  headers: Record<string, string>,
  body?: string | Uint8Array,
) {
  const socket = open(client);
  const length: Record<string, number> =
    body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  socket.write(head(client, path, { ...headers, ...length, connection: 'close' }));
  if (body !== undefined) socket.write(body);
  client.count(await answerOn(socket));
  socket.destroy();
}

/** A byte every few seconds. */
async function drip(client: Client, begin: string): Promise<void> {
  const socket = open(client);
  socket.write(begin);
  const dripping = setInterval(() => socket.write('x'), 3000);
  client.count(await answerOn(socket));
  clearInterval(dripping);
  socket.destroy();
}

function slowBody(client: Client): Promise<void> {
  return drip(
    client,
    head(client, '/api/recommendations', { ...JSON_TYPE, 'content-length': 100_000 }),
  );
}

function slowHeader(client: Client): Promise<void> {
  return drip(client, `GET / HTTP/1.1\r\nx-forwarded-for: ${client.address}\r\nx-long: `);
}

async function unfinishedBatch(client: Client): Promise<void> {
  const socket = open(client);
  socket.write(
    head(client, '/api/recommendations:batch', { ...JSON_TYPE, 'content-length': 32 * MB }),
  );
  socket.write(`{"profiles":[${PROFILE.repeat(900)}`);
  client.count(await answerOn(socket));
  socket.destroy();
}

function bombs(): Kind['attack'] {
  let next = 0;
  return (client) => ask(client, ...BOMBS[next++ % BOMBS.length]);
}

async function reset(client: Client): Promise<void> {
  const socket = open(client);
  socket.write(
    head(client, '/api/taste', { ...JSON_TYPE, 'content-length': 100_000 }) +
      '{"ratings":['.padEnd(5000),
  );
  await sleep(20);
  client.count('reset');
  socket.resetAndDestroy();
}

/** As fast as one connection can. */
function flood(client: Client): Promise<void> {
  return ask({ ...client, address: '198.51.100.251' }, '/api/anime?query=shingeki', {});
}

async function nonsense(client: Client): Promise<void> {
  for (const text of NONSENSE)
    await ask(client, `/api/anime?query=${encodeURIComponent(text)}`, {});
}

function aliases(client: Client): Promise<void> {
  return ask(client, '/graphql', JSON_TYPE, JSON.stringify({ query: ALIASES }));
}

function wrongKey(client: Client): Promise<void> {
  return ask(client, '/api/admin/status', { authorization: `Bearer wrong-${Math.random()}` });
}

/** Asks for much and reads nothing. */
async function slowReader(client: Client): Promise<void> {
  const socket = open(client);
  const profiles = Array.from({ length: 1000 }, () => ({ ratings: [{ animeId: 1 }], limit: 100 }));
  const body = JSON.stringify({ profiles });
  socket.write(
    head(client, '/api/recommendations:batch', {
      ...JSON_TYPE,
      'content-length': Buffer.byteLength(body),
    }) + body,
  );
  socket.pause();
  const closed = await Promise.race([
    new Promise<string>((resolve) => socket.once('close', () => resolve('closed'))),
    sleep(90_000, 'still open', { ref: false }),
  ]);
  client.count(closed);
  socket.destroy();
}

async function pipeline(client: Client): Promise<void> {
  const socket = open(client);
  socket.write(head(client, '/api/anime?query=naruto').repeat(200));
  client.count(await answerOn(socket));
  await sleep(500);
  socket.destroy();
}
