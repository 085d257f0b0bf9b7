/**
 * Speed of recommendations, in-process and over HTTP with autocannon. The server, the client and the in-process
 * measurement each run in a separate process.
 *
 *   npm run bench -- serve [--home <folder>] [--titles-in-profile 300] [--seconds 10] [--runs 1] [--connections 32]
 *     [--seed 1]
 *
 * Without --home it uses a random bundle of 17,562 titles with 200 entries each. If `taskset` is available, the server,
 * with its garbage collector and compiler, is pinned to one core. For comparison, a bare Node server reads the same
 * bodies and answers as many bytes: the limit of the machine at that moment. On a shared machine, use many short runs
 * (--runs 10 --seconds 3): they show how much other work disturbs. The median run is printed last.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { type Random, random } from '../src/data/random.ts';
import { type Bundle, openBundle } from '../src/recommend/bundle.ts';
import { profileFrom, type RatingEntry } from '../src/recommend/profile.ts';
import { DEFAULT_RULES, NO_RULES, type Rules } from '../src/recommend/rules.ts';
import { serve } from '../src/serve.ts';
import { publishRandomBundle } from './random-bundle.ts';

const { values: options } = parseArgs({
  options: {
    home: { type: 'string' },
    'titles-in-profile': { type: 'string', default: '300' },
    seconds: { type: 'string', default: '10' },
    runs: { type: 'string', default: '1' },
    connections: { type: 'string', default: '32' },
    seed: { type: 'string', default: '1' },
    /** for child processes: what to serve, or the file to write the lists of the in-process measurement to */
    serving: { type: 'string' },
    lists: { type: 'string' },
  },
});

/** Seconds: at first the compiler and building the search index take most of the core. */
const WARM_UP = 8;

/** Bytes of a typical answer with 20 titles. */
const BARE_ANSWER = 22_000;

/** Number of different profiles, so that neither caches nor the compiler specialise on one. */
const PEOPLE = 256;

/** What a child process serves. */
type Serving = 'osusume' | 'bare';

if (options.serving === 'osusume') await serveOsusume(options.home as string);
else if (options.serving === 'bare') await serveBare();
else if (options.lists) await inProcess(options.home as string, options.lists);
else await main();

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'osusume-bench-'));
  const home = options.home ?? folder;
  const lists = join(folder, 'lists.json');
  try {
    if (!options.home) await publishRandomBundle(home, { seed: Number(options.seed) });
    console.log(`${cpus()[0].model}, Node ${process.version}`);
    // In a separate process: here, collecting the garbage of an open bundle would disturb the client.
    const args = ['--home', home, '--lists', lists, ...process.argv.slice(2)];
    execFileSync(process.execPath, [fileURLToPath(import.meta.url), ...args], { stdio: 'inherit' });
    await overHttp(home, JSON.parse(await readFile(lists, 'utf8')) as RatingEntry[][]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function inProcess(home: string, path: string): Promise<void> {
  const uniform = random(Number(options.seed));
  const opening = performance.now();
  const bundle = await openBundle(home);
  console.log(
    `opened ${bundle.about.titles} titles (${bundle.about.origin.name}) in ${Math.round(performance.now() - opening)} ms`,
  );
  const lists = Array.from({ length: PEOPLE }, () =>
    randomList(bundle, Number(options['titles-in-profile']), uniform),
  );
  measure('model only', lists, (list) =>
    bundle.models.hybrid.score(profileFrom(list, bundle.items).profile),
  );
  const variants: [name: string, rules: Rules][] = [
    ['rules: default', DEFAULT_RULES],
    ['rules: none', NO_RULES],
    [
      'rules: genres, years, niche, variety',
      { ...DEFAULT_RULES, genresIn: ['Action'], years: [1995, 2015], niche: 0.3, variety: 0.3 },
    ],
  ];
  for (const [name, rules] of variants) {
    measure(name, lists, (list) =>
      bundle.ranker.recommend(profileFrom(list, bundle.items).profile, { rules }),
    );
  }
  await bundle.close();
  await writeFile(path, JSON.stringify(lists));
}

/** Draws titles with probability proportional to their members. */
function randomList(bundle: Bundle, size: number, uniform: Random): RatingEntry[] {
  const { catalogue } = bundle;
  const cumulative: number[] = [];
  let total = 0;
  for (const { members } of catalogue) {
    total += members + 1;
    cumulative.push(total);
  }
  const wanted = Math.min(size, Math.floor(catalogue.length / 2));
  const items = new Set<number>();
  while (items.size < wanted) items.add(firstAbove(cumulative, total * uniform()));
  return Array.from(items, (item) => ({
    animeId: catalogue[item].animeId,
    rating: Math.floor(11 * uniform()),
    status: uniform() < 0.9 ? 'completed' : 'dropped',
  }));
}

function firstAbove(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function measure(
  name: string,
  lists: readonly RatingEntry[][],
  work: (list: RatingEntry[]) => unknown,
): void {
  for (let warm = 0; warm < 2 * PEOPLE; warm++) work(lists[warm % PEOPLE]);
  const times: number[] = [];
  for (let run = 0; run < 8 * PEOPLE; run++) {
    const from = performance.now();
    work(lists[run % PEOPLE]);
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  const quantile = (q: number) => times[Math.floor(q * (times.length - 1))].toFixed(3).padStart(7);
  console.log(`in process, ${name.padEnd(38)} p50 ${quantile(0.5)} ms  p99 ${quantile(0.99)} ms`);
}

async function overHttp(home: string, lists: readonly RatingEntry[][]): Promise<void> {
  const bodies = lists.map((ratings) => JSON.stringify({ ratings, limit: 20 }));
  const ours = await underLoad('osusume', bodies, home);
  const bare = await underLoad('bare', bodies);
  const share = ours.requests.average / bare.requests.average;
  console.log(`${share.toFixed(2)} of the requests/s of the bare server`);
}

async function underLoad(
  serving: Serving,
  bodies: readonly string[],
  home = '',
): Promise<autocannon.Result> {
  const { child, url, core } = await startServer(serving, home);
  try {
    const requests = bodies.map((body) => ({
      method: 'POST' as const,
      path: '/api/recommendations',
      headers: { 'content-type': 'application/json' },
      body,
    }));
    const connections = Number(options.connections);
    await autocannon({ url, connections, duration: WARM_UP, requests });
    const duration = Number(options.seconds);
    const results: autocannon.Result[] = [];
    for (let run = 0; run < Number(options.runs); run++) {
      results.push(await autocannon({ url, connections, duration, requests }));
      if (Number(options.runs) > 1) console.log(`  ${rateOf(results[run])}`);
    }
    results.sort((a, b) => a.requests.average - b.requests.average);
    const middle = results[results.length >> 1];
    const kilobytes = Math.round(middle.throughput.average / middle.requests.average / 1024);
    const failed = results.reduce((sum, { non2xx, errors }) => sum + non2xx + errors, 0);
    console.log(
      `HTTP, ${connections} connections, ${serving} ${core}: ${rateOf(middle)}  (${kilobytes} kB per answer, ${failed} failed)`,
    );
    if (failed > 0) process.exitCode = 1;
    return middle;
  } finally {
    child.kill('SIGKILL');
  }
}

function rateOf({ requests, latency }: autocannon.Result): string {
  return `${Math.round(requests.average)} requests/s  p50 ${latency.p50} ms  p99 ${latency.p99} ms`;
}

async function startServer(
  serving: Serving,
  home: string,
): Promise<{ child: ChildProcess; url: string; core: string }> {
  const pinned = hasTaskset();
  const command = [
    process.execPath,
    fileURLToPath(import.meta.url),
    ...['--serving', serving, '--home', home],
  ];
  const [program, ...args] = pinned ? ['taskset', '-c', '0', ...command] : command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (line) => resolve(String(line).trim()));
    child.once('exit', (code) =>
      reject(new Error(`The server exited with ${code} before it was ready`)),
    );
  });
  return { child, url, core: pinned ? 'on one core' : 'not pinned to a core' };
}

async function serveOsusume(home: string): Promise<void> {
  const { url } = await serve({ home, host: '127.0.0.1', port: 0, page: null });
  console.log(url);
}

async function serveBare(): Promise<void> {
  const answer = Buffer.alloc(BARE_ANSWER, ' ');
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    response.setHeader('content-type', 'application/json');
    response.end(answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
