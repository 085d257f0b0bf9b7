/** Honest clients: a page, a portal and programs that ask for what people ask for, at a steady rate. */
import { Agent, request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type Random, random } from '../../src/data/random.ts';
import type { Question } from '../hostile.ts';

export interface HonestOptions {
  readonly url: string;
  /** requests a second */
  readonly rate: number;
  readonly seed: number;
}

export interface Times {
  readonly kind: string;
  readonly requests: number;
  readonly failed: number;
  /** ms until the whole answer was there */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
}

export interface HonestReport {
  readonly total: Times;
  readonly kinds: readonly Times[];
  /** the first few */
  readonly failures: readonly string[];
}

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly type?: string;
  readonly body?: string | Uint8Array;
}

interface Sample {
  readonly kind: string;
  readonly ms: number;
  readonly failure: string | null;
}

const ADDRESSES = 12;
const TITLES = 17_562;
const FAILURES_SHOWN = 20;
const WORDS = [
  'shingeki',
  'full metal',
  'cowboy',
  'naruto',
  'stiens gate',
  '進撃',
  'monogatari',
  'one',
];
const WISHES = [
  'something like Cowboy Bebop but funnier',
  'a short comedy, no horror',
  '泣けるアニメ',
];

/** Kinds of requests by how often each is asked. */
const MIX: Readonly<Record<string, [share: number, ask: (uniform: Random) => Asked]>> = {
  list: [30, (u) => json('/api/recommendations', { ratings: ratings(u, 60), limit: 20 })],
  search: [16, (u) => ({ path: `/api/anime?query=${encodeURIComponent(one(WORDS, u))}&limit=8` })],
  title: [14, (u) => ({ path: `/api/anime/${animeId(u)}` })],
  similar: [6, (u) => ({ path: `/api/anime/${animeId(u)}/similar` })],
  page: [10, () => ({ path: '/' })],
  script: [6, () => ({ path: '/main.js' })],
  user: [4, (u) => ({ path: `/api/users/${1 + 3 * Math.floor(2000 * u())}/recommendations` })],
  taste: [3, (u) => json('/api/taste', { ratings: ratings(u, 60) })],
  chat: [3, (u) => json('/api/chat', { message: one(WISHES, u) })],
  graphql: [
    4,
    (u) =>
      json('/graphql', {
        query: `{ search(query: "${one(WORDS, u)}", limit: 5) { items { title genres } } }`,
      }),
  ],
  batch: [1, (u) => json('/api/recommendations:batch', { profiles: profiles(u, 5) })],
  csv: [
    2,
    (u) => ({ method: 'POST', path: '/api/import/csv', type: 'text/csv', body: csv(u, 200) }),
  ],
  xml: [
    1,
    (u) => ({
      method: 'POST',
      path: '/api/import/mal-xml',
      type: 'application/gzip',
      body: gzipSync(xml(u, 200)),
    }),
  ],
};

/** Asks until the process ends. @returns makes the reports */
export function honestClients({
  url,
  rate,
  seed,
}: HonestOptions): (question: Question) => HonestReport {
  const uniform = random(seed);
  const agent = new Agent({ keepAlive: true });
  const kinds = Object.entries(MIX).flatMap(([kind, [share]]) =>
    new Array<string>(share).fill(kind),
  );
  let all: Sample[] = [];
  let recent: Sample[] = [];
  const askNext = async () => {
    // Exponential pauses: requests come by chance, sometimes several at once.
    setTimeout(askNext, (-Math.log(1 - uniform()) * 1000) / rate);
    const kind = kinds[Math.floor(uniform() * kinds.length)];
    const asked = MIX[kind][1](uniform);
    const address = `203.0.113.${1 + Math.floor(uniform() * ADDRESSES)}`;
    const from = performance.now();
    const failure = await send(url, agent, address, asked);
    const sample = {
      kind,
      ms: performance.now() - from,
      failure: failure && `${asked.path}: ${failure}`,
    };
    all.push(sample);
    recent.push(sample);
  };
  void askNext();
  return (question) => {
    if (question === 'begin') all = [];
    const report = reportOn(question === 'interval' ? recent : all);
    recent = [];
    return report;
  };
}

function send(url: string, agent: Agent, address: string, asked: Asked): Promise<string | null> {
  const { method = 'GET', path, type = 'application/json', body } = asked;
  const headers: Record<string, string | number> = {
    'x-forwarded-for': address,
    'accept-encoding': 'gzip',
  };
  if (body !== undefined) {
    headers['content-type'] = type;
    headers['content-length'] = Buffer.byteLength(body);
  }
  return new Promise((resolve) => {
    const sent = request(url + path, { method, headers, agent, timeout: 30_000 }, (response) => {
      response.resume();
      response.once('error', (error) => resolve(error.message));
      response.once('end', () =>
        resolve(response.statusCode === 200 ? null : `status ${response.statusCode}`),
      );
    });
    sent.once('timeout', () => sent.destroy(new Error('no answer within 30 s')));
    // A kept connection may be closed by the server at the moment at which it is used again: clients ask once more.
    sent.once('error', (error: NodeJS.ErrnoException) =>
      resolve(
        sent.reusedSocket && error.code === 'ECONNRESET'
          ? send(url, agent, address, asked)
          : error.message,
      ),
    );
    sent.end(body);
  });
}

function reportOn(samples: readonly Sample[]): HonestReport {
  return {
    total: timesOf('all', samples),
    kinds: Object.keys(MIX).map((kind) =>
      timesOf(
        kind,
        samples.filter((one) => one.kind === kind),
      ),
    ),
    failures: samples.flatMap(({ failure }) => failure ?? []).slice(0, FAILURES_SHOWN),
  };
}

function timesOf(kind: string, samples: readonly Sample[]): Times {
  const ms = samples.map((sample) => sample.ms).sort((a, b) => a - b);
  const quantile = (q: number) => Math.round(10 * (ms[Math.floor(q * (ms.length - 1))] ?? 0)) / 10;
  const failed = samples.filter(({ failure }) => failure !== null).length;
  return {
    kind,
    requests: ms.length,
    failed,
    p50: quantile(0.5),
    p99: quantile(0.99),
    longest: quantile(1),
  };
}

function json(path: string, body: unknown): Asked {
  return { method: 'POST', path, body: JSON.stringify(body) };
}

function one(from: readonly string[], uniform: Random): string {
  return from[Math.floor(uniform() * from.length)];
}

/** The ids of a random bundle; well-known titles are asked for more often. */
function animeId(uniform: Random): number {
  return 1 + 3 * Math.floor(TITLES * uniform() ** 3);
}

function ratings(uniform: Random, count: number): { animeId: number; rating: number }[] {
  return Array.from({ length: count }, () => ({
    animeId: animeId(uniform),
    rating: 1 + Math.floor(10 * uniform()),
  }));
}

function profiles(uniform: Random, count: number): unknown[] {
  return Array.from({ length: count }, (_, n) => ({
    id: String(n),
    ratings: ratings(uniform, 60),
  }));
}

function csv(uniform: Random, rows: number): string {
  const lines = ratings(uniform, rows).map(({ animeId, rating }) => `${animeId},${rating}`);
  return `anime_id,rating\n${lines.join('\n')}\n`;
}

function xml(uniform: Random, entries: number): string {
  const all = ratings(uniform, entries).map(
    ({ animeId, rating }) =>
      `<anime><series_animedb_id>${animeId}</series_animedb_id><my_score>${rating}</my_score><my_status>Completed</my_status></anime>`,
  );
  return `<?xml version="1.0"?><myanimelist>${all.join('')}</myanimelist>`;
}
