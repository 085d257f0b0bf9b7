/**
 * What watching costs: processor time of the server for a list of recommendations, with the log, metrics and traces
 * switched on one after another. All variants run at the same time and take turns, so that other work on the machine
 * disturbs each alike; the figures are medians of ratios within a round, with the error of the median.
 *
 *   npm run bench -- watching [--home <folder>] [--base <another checkout, built>] [--rounds 25] [--requests 1000]
 *     [--titles-in-profile 300] [--connections 8] [--only base,log,metrics]
 *
 * Without --home it uses a random bundle of 17,562 titles. It needs Linux, for /proc. With `taskset`, servers are pinned
 * to one core and the client to another.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { random } from '../src/data/random.ts';
import { keptVersions } from '../src/home/versions.ts';
import { openBundle } from '../src/recommend/bundle.ts';
import { profileFrom } from '../src/recommend/profile.ts';
import { DEFAULT_RULES } from '../src/recommend/rules.ts';
import { CurrentBundle } from '../src/server/state/current-bundle.ts';
import { Metrics } from '../src/server/watch/metrics.ts';
import { openLog } from '../src/watch/log.ts';
import { publishRandomBundle } from './random-bundle.ts';

const { values: options } = parseArgs({
  options: {
    home: { type: 'string' },
    base: { type: 'string' },
    rounds: { type: 'string', default: '25' },
    requests: { type: 'string', default: '1000' },
    'titles-in-profile': { type: 'string', default: '300' },
    connections: { type: 'string', default: '8' },
    /** names of variants, separated by commas, or "none"; default: all */
    only: { type: 'string' },
  },
});

/** Number of different profiles, so that neither caches nor the compiler specialise on one. */
const PEOPLE = 256;
/** rounds that are not counted: the compiler is still at work */
const WARM_UP = 3;
/** ms between two scrapes, as Prometheus does by default in short intervals */
const SCRAPE = 5000;

interface Variant {
  readonly name: string;
  /** of the checkout whose build is run */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

interface Running extends Variant {
  readonly child: ChildProcess;
  readonly url: string;
  readonly stop: () => void;
}

const collector = createServer((request, response) => {
  request.resume().on('end', () => response.end('{}'));
}).listen(0, '127.0.0.1');
await once(collector, 'listening');
const OTLP = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;

const QUIET = { OSUSUME_LOG_LEVEL: 'error' };
const METRICS = { OSUSUME_METRICS_PORT: '0' };
const VARIANTS: Variant[] = [
  ...(options.base ? [{ name: 'base', folder: options.base, environment: {} }] : []),
  { name: 'nothing', folder: '.', environment: QUIET },
  { name: 'log', folder: '.', environment: {} },
  { name: 'metrics', folder: '.', environment: { ...QUIET, ...METRICS } },
  { name: 'log and metrics', folder: '.', environment: METRICS },
  {
    name: 'log, metrics, all traces',
    folder: '.',
    environment: { ...METRICS, OSUSUME_TRACE_OTLP: OTLP },
  },
];

const folder = await mkdtemp(join(tmpdir(), 'osusume-bench-'));
const home = options.home ?? folder;
const running: Running[] = [];
try {
  if (!options.home) await publishRandomBundle(home, { seed: 1 });
  console.log(`${cpus()[0].model}, Node ${process.version}`);
  await inProcess();
  const bodies = await lists();
  const names = options.only?.split(',');
  const chosen = VARIANTS.filter(({ name }) => names?.includes(name) ?? true);
  for (const variant of chosen) running.push(await start(variant));
  if (running.length > 0) await measure(bodies);
} finally {
  for (const { stop } of running) stop();
  collector.close();
  collector.closeAllConnections();
  await rm(folder, { recursive: true });
}

/** What the metrics and the line of one request for a list cost by themselves, in this process. */
async function inProcess(): Promise<void> {
  const bundle = await openBundle(home);
  const { profile } = profileFrom([{ animeId: bundle.catalogue[0].animeId }], bundle.items);
  const list = bundle.ranker.recommend(profile, { limit: 20 });
  const metrics = await Metrics.open({ bundles: new CurrentBundle() });
  const watch = metrics.lists.watch(bundle);
  const [method, route] = ['POST', '/api/recommendations'];
  const log = openLog({ format: 'json', level: 'info', to: join(folder, 'log') });
  const { version } = bundle;
  const id = '5f0c0bd0-9a2f-4f3e-8f0c-3f5a35b0a001';
  const line = { id, method, route, status: 200, milliseconds: 3.2, bundle: version };
  const metered = await microseconds(() => {
    metrics.http.begin();
    metrics.lists.took('read', 0.2);
    watch(list, DEFAULT_RULES, { score: 0.1, rules: 0.1 });
    metrics.lists.took('write', 0.1);
    metrics.http.end(route, method, 200, 0.003);
  });
  const logged = await microseconds(() => log.request(line));
  console.log(`in process, µs a list: metrics ${metered.toFixed(1)}, log ${logged.toFixed(1)}`);
  metrics.stop();
  log.close();
  await bundle.close();
}

/** Of processor time, what is written in the background included: the median of rounds. */
async function microseconds(work: () => void): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < 60; round++) {
    const before = process.cpuUsage();
    for (let n = 0; n < 1000; n++) work();
    await setTimeout(5);
    const { user, system } = process.cpuUsage(before);
    rounds.push((user + system) / 1000);
  }
  return quantile(rounds, 0.5);
}

/** Bodies of requests, with titles drawn evenly from the catalogue. */
async function lists(): Promise<string[]> {
  const uniform = random(1);
  const [version] = await keptVersions(home, 'bundle');
  const path = join(home, 'bundle', version, 'catalogue.json');
  const catalogue = JSON.parse(await readFile(path, 'utf8')) as { animeId: number }[];
  return Array.from({ length: PEOPLE }, () => {
    const items = new Set<number>();
    while (items.size < Number(options['titles-in-profile']))
      items.add(Math.floor(catalogue.length * uniform() ** 2));
    const ratings = Array.from(items, (item) => ({
      animeId: catalogue[item].animeId,
      rating: 1 + Math.floor(10 * uniform()),
    }));
    return JSON.stringify({ ratings, limit: 20 });
  });
}

async function start(variant: Variant): Promise<Running> {
  const args = ['dist/main.js', 'serve', '--home', home, '--port', '0', '--posters', 'off'];
  const command = [process.execPath, ...args];
  const [program, ...rest] = hasTaskset() ? ['taskset', '-c', '0', ...command] : command;
  const child = spawn(program, rest, {
    cwd: variant.folder,
    env: { ...process.env, ...variant.environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', (chunk) => {
      if (said.length < 10_000) said += chunk;
      const found = /Osusume is at (http:\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
    child.once('exit', () => reject(new Error(`${variant.name} did not start:\n${said}`)));
  });
  const metrics = /Metrics are at (http:\S+)/.exec(said)?.[1];
  const timer = metrics ? setInterval(() => void fetch(metrics), SCRAPE) : undefined;
  const stop = () => {
    clearInterval(timer);
    child.kill('SIGKILL');
  };
  return { ...variant, child, url, stop };
}

/** Milliseconds of processor time that the threads of a process have used. */
function processorTime({ pid }: ChildProcess): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]),
  );
  return nanoseconds.reduce((sum, time) => sum + time, 0) / 1e6;
}

interface Round {
  /** ms of processor time for a request */
  readonly cost: number;
  readonly rate: number;
}

async function measure(bodies: readonly string[]): Promise<void> {
  const requests = bodies.map((body) => ({
    method: 'POST' as const,
    path: '/api/recommendations',
    headers: { 'content-type': 'application/json' },
    body,
  }));
  const amount = Number(options.requests);
  const load = async ({ url, child }: Running): Promise<Round> => {
    const before = processorTime(child);
    const connections = Number(options.connections);
    const result = await autocannon({ url, connections, amount, requests });
    if (result.non2xx + result.errors > 0) throw new Error('Some requests failed');
    return {
      cost: (processorTime(child) - before) / amount,
      rate: amount / result.duration,
    };
  };
  for (let n = 0; n < WARM_UP; n++) for (const variant of running) await load(variant);
  const rounds: Round[][] = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    const row: Round[] = [];
    // Each variant is first equally often.
    for (let n = 0; n < running.length; n++) {
      const at = (n + round) % running.length;
      row[at] = await load(running[at]);
    }
    rounds.push(row);
  }
  print(rounds);
}

function print(rounds: readonly Round[][]): void {
  const first = running[0].name;
  console.log(`${'variant'.padEnd(28)} ms a request  requests/s  beside ${first}`);
  for (const [at, { name }] of running.entries()) {
    const ratios = rounds.map((row) => row[at].cost / row[0].cost - 1);
    const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => quantile(ratios, q));
    // Of a median of n values: 1.25 σ / √n, with σ from the quartiles.
    const error = (1.25 * (high - low)) / 1.35 / Math.sqrt(ratios.length);
    const cost = quantile(
      rounds.map((row) => row[at].cost),
      0.5,
    ).toFixed(3);
    const rate = Math.round(
      quantile(
        rounds.map((row) => row[at].rate),
        0.5,
      ),
    );
    const beside = at === 0 ? '' : `${percent(middle)} ± ${(100 * error).toFixed(1)} %`;
    console.log(`${name.padEnd(28)} ${cost.padStart(12)}  ${String(rate).padStart(10)}  ${beside}`);
  }
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(q * (sorted.length - 1))];
}

function percent(share: number): string {
  return `${share >= 0 ? '+' : '−'}${Math.abs(100 * share).toFixed(1)} %`;
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
