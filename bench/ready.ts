/**
 * From the start of the process until /readyz answers: fresh processes of `osusume serve`, one after another.
 *
 *   npm run bench -- ready [--home <folder>] [--runs 9] [--node <path>]
 *
 * Without --home it uses a random bundle of 17,562 titles. On a busy machine the processor time says more than the wall
 * clock; it needs Linux, for /proc.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { publishRandomBundle } from './random-bundle.ts';

const { values: options } = parseArgs({
  options: {
    home: { type: 'string' },
    runs: { type: 'string', default: '9' },
    /** of Node, to compare its versions */
    node: { type: 'string', default: process.execPath },
  },
});

/** ms between two looks at what it prints */
const POLL = 5;
/** ms of processor time that /proc counts by */
const TICK = 10;

interface Start {
  /** ms */
  readonly wall: number;
  /** ms of processor time, of all threads */
  readonly processor: number;
}

const folder = await mkdtemp(join(tmpdir(), 'osusume-bench-'));
try {
  const home = options.home ?? folder;
  if (!options.home) await publishRandomBundle(home, { seed: 1 });
  const version = execFileSync(options.node, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`${cpus()[0].model}, Node ${version}`);
  // The first one also brings the files into the disk's cache.
  await startOnce(home);
  const starts: Start[] = [];
  for (let run = 0; run < Number(options.runs); run++) starts.push(await startOnce(home));
  print(starts);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function startOnce(home: string): Promise<Start> {
  const args = ['dist/main.js', 'serve', '--home', home, '--port', '0', '--posters', 'off'];
  const env = { ...process.env, NODE_ENV: 'production' };
  const from = performance.now();
  const child = spawn(options.node, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  try {
    const url = await addressOf(child);
    const { status } = await fetch(`${url}/readyz`);
    if (status !== 200) throw new Error(`The server is not ready: ${url}/readyz answers ${status}`);
    return { wall: performance.now() - from, processor: processorTime(child) };
  } finally {
    const ended = once(child, 'exit');
    if (child.exitCode === null && child.kill('SIGKILL')) await ended;
  }
}

/** Waits for the line that says where it is: it listens when its bundle is open. */
async function addressOf(child: ChildProcess): Promise<string> {
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes) => {
      printed += bytes;
    });
  for (;;) {
    const [, url] = /Osusume is at (http:[^\s"]+)/.exec(printed) ?? [];
    if (url) return url;
    if (child.exitCode !== null) throw new Error(`The server ended: ${printed}`);
    await setTimeout(POLL);
  }
}

/** utime and stime of proc(5): the fields after the name, which may contain anything. */
function processorTime({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return TICK * (Number(fields[11]) + Number(fields[12]));
}

function print(starts: readonly Start[]): void {
  const spread = (values: number[]) => {
    const sorted = values.map(Math.round).sort((a, b) => a - b);
    return `${sorted[sorted.length >> 1]} (${sorted[0]}–${sorted.at(-1)})`;
  };
  console.log(`${starts.length} starts, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`);
  console.log(`ready after ms: median ${spread(starts.map(({ wall }) => wall))}`);
  console.log(`processor ms:   median ${spread(starts.map(({ processor }) => processor))}`);
}
