/**
 * What watching costs: processor time of the server for a list of recommendations, with the log, metrics and traces
 * switched on one after another. All variants run at the same time and take turns, so that other work on the machine
 * disturbs each alike; the figures are medians of ratios within a round.
 *
 *   npm run bench -- watching [--home <folder>] [--base <another checkout, built>] [--rounds 15] [--requests 2000]
 *     [--titles-in-profile 300] [--connections 32]
 *
 * Without --home it uses a random bundle of 17,562 titles. It needs Linux, for /proc. With `taskset`, servers are pinned
 * to one core and the client to another.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { random } from '../src/data/random.ts';
import { keptVersions } from '../src/home/versions.ts';
import { publishRandomBundle } from './random-bundle.ts';

const { values: options } = parseArgs({
  options: {
    home: { type: 'string' },
    base: { type: 'string' },
    rounds: { type: 'string', default: '15' },
    requests: { type: 'string', default: '2000' },
    'titles-in-profile': { type: 'string', default: '300' },
    connections: { type: 'string', default: '32' },
  },
});

/** Number of different profiles, so that neither caches nor the compiler specialise on one. */
const PEOPLE = 256;
/** ms between two scrapes, as Prometheus does by default in short intervals */
const SCRAPE = 5000;
/** of the clock that /proc counts processor time in */
const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

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
  const bodies = await lists();
  for (const variant of VARIANTS) running.push(await start(variant));
  await measure(bodies);
} finally {
  for (const { stop } of running) stop();
  collector.close();
  collector.closeAllConnections();
  await rm(folder, { recursive: true });
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

/** Milliseconds of processor time that a process has used. */
function processorTime({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
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
  for (const variant of running) await load(variant);
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
  console.log(`${'variant'.padEnd(28)} ms a request  requests/s  beside ${first} (quartiles)`);
  for (const [at, { name }] of running.entries()) {
    const ratios = rounds.map((row) => row[at].cost / row[0].cost - 1);
    const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => percent(quantile(ratios, q)));
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
    const beside = at === 0 ? '' : `${middle} (${low} to ${high})`;
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
