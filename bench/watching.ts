/**
 * What watching costs: processor time of the server for a list of recommendations, with the log and metrics switched on
 * one after another. The variants are servers of one process (watched-servers.ts) and take turns, so that memory,
 * compiled code and other work on the machine are the same for all; the figures are medians of ratios within a round,
 * with the error of the median.
 *
 *   npm run bench -- watching [--home <folder>] [--rounds 60] [--requests 800] [--titles-in-profile 300]
 *     [--connections 8]
 *
 * Without --home it uses a random bundle of 17,562 titles. It needs Linux, for /proc. With `taskset`, the server is
 * pinned to one core.
 */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
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
import { type Listening, serveVariants, VARIANTS, type VariantName } from './watched-servers.ts';

const { values: options } = parseArgs({
  options: {
    home: { type: 'string' },
    rounds: { type: 'string', default: '60' },
    requests: { type: 'string', default: '800' },
    'titles-in-profile': { type: 'string', default: '300' },
    connections: { type: 'string', default: '8' },
    /** this process is the one that is measured, and serves from this home */
    serve: { type: 'string' },
  },
});

/** Number of different profiles, so that neither caches nor the compiler specialise on one. */
const PEOPLE = 256;
/** rounds that are not counted: the compiler is still at work */
const WARM_UP = 5;
/** ms between two scrapes, as in deploy/dashboards */
const SCRAPE = 15_000;

if (options.serve) await serveVariants(options.serve);
else await bench();

async function bench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'osusume-bench-'));
  const home = options.home ?? folder;
  let child: ChildProcess | undefined;
  try {
    if (!options.home) await publishRandomBundle(home, { seed: 1 });
    console.log(`${cpus()[0].model}, Node ${process.version}`);
    await inProcess(home, folder);
    const bodies = await lists(home);
    child = fork(process.argv[1], ['--serve', home], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    if (hasTaskset()) execFileSync('taskset', ['-a', '-c', '-p', '0', String(child.pid)]);
    await measure(child, bodies);
  } finally {
    child?.kill('SIGKILL');
    await rm(folder, { recursive: true });
  }
}

/** What the metrics and the line of one request for a list cost by themselves, in this process. */
async function inProcess(home: string, folder: string): Promise<void> {
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
  await log.close();
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
async function lists(home: string): Promise<string[]> {
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

/** Milliseconds of processor time that the threads of a process have used. */
function processorTime({ pid }: ChildProcess): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]),
  );
  return nanoseconds.reduce((sum, time) => sum + time, 0) / 1e6;
}

/** By variant, ms of processor time for a request. */
type Round = ReadonlyMap<VariantName, number>;

async function measure(child: ChildProcess, bodies: readonly string[]): Promise<void> {
  const [{ ports, metricsPorts }] = (await once(child, 'message')) as [Listening];
  const requests = bodies.map((body) => ({
    method: 'POST' as const,
    path: '/api/recommendations',
    headers: { 'content-type': 'application/json' },
    body,
  }));
  const amount = Number(options.requests);
  let scraped = '';
  const timer = setInterval(() => scraped && void fetch(scraped), SCRAPE);
  const load = async (name: VariantName): Promise<number> => {
    child.send(name);
    await once(child, 'message');
    const port = metricsPorts[name];
    scraped = port && !process.env.NOSCRAPE ? `http://127.0.0.1:${port}/metrics` : '';
    const before = processorTime(child);
    const connections = Number(options.connections);
    const url = `http://127.0.0.1:${ports[name]}`;
    const result = await autocannon({ url, connections, amount, requests });
    if (result.non2xx + result.errors > 0) throw new Error('Some requests failed');
    return (processorTime(child) - before) / amount;
  };
  const rounds: Round[] = [];
  for (let round = -WARM_UP; round < Number(options.rounds); round++) {
    const costs = new Map<VariantName, number>();
    // Each variant is first equally often.
    for (let n = 0; n < VARIANTS.length; n++) {
      const name = VARIANTS[(n + round + WARM_UP) % VARIANTS.length];
      costs.set(name, await load(name));
    }
    if (round >= 0) rounds.push(costs);
  }
  clearInterval(timer);
  print(rounds);
}

function print(rounds: readonly Round[]): void {
  console.log(`${'variant'.padEnd(20)} ms a request  beside nothing`);
  const costOf = (round: Round, name: VariantName) => round.get(name) ?? Number.NaN;
  for (const name of VARIANTS) {
    const ratios = rounds.map((round) => costOf(round, name) / costOf(round, 'nothing') - 1);
    const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => quantile(ratios, q));
    // Of a median of n values: 1.25 σ / √n, with σ from the quartiles.
    const error = (1.25 * (high - low)) / 1.35 / Math.sqrt(ratios.length);
    const costs = rounds.map((round) => costOf(round, name));
    const cost = quantile(costs, 0.5).toFixed(3);
    const beside = name === 'nothing' ? '' : `${percent(middle)} ± ${(100 * error).toFixed(1)} %`;
    console.log(`${name.padEnd(20)} ${cost.padStart(12)}  ${beside}`);
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
