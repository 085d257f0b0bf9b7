/**
 * Compares the time of an iALS sweep (users, then titles) with Python's implicit, on the same random lists and in one
 * run: both use all cores, and their own default number of conjugate gradient steps. Needs python3 with implicit. On a
 * machine that is not idle, the processor seconds of all threads say more than the elapsed time.
 *
 *   npm run bench -- ials [--rows 20000000] [--factors 128] [--steps 2] [--sweeps 3] [--rounds 3] [--python python3]
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { normal, type Random, random } from '../src/data/random.ts';
import { AlternatingSweeps } from '../src/linalg/als.ts';
import { parseIalsOptions } from '../src/model/als/ials.ts';

/** As in MyAnimeList 2020: titles, and rows per user. */
const TITLES = 17_562;
const ROWS_PER_USER = 335;
/** Standard deviation of the log of the list length, as in the real sample. */
const SPREAD = 1.36;

const { values: given } = parseArgs({
  options: {
    rows: { type: 'string', default: '20000000' },
    factors: { type: 'string', default: '128' },
    steps: { type: 'string' },
    sweeps: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    python: { type: 'string', default: 'python3' },
  },
});
const options = parseIalsOptions({
  factors: Number(given.factors),
  iterations: Number(given.sweeps),
  ...(given.steps && { steps: Number(given.steps) }),
});
const threads = availableParallelism();

/** The confidences of all users as sparse rows. */
interface Lists {
  readonly indptr: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

const lists = drawLists(Number(given.rows), random(Number(given.seed)));
console.log(`${cpus()[0].model}, ${threads} cores, Node ${process.version}`);
console.log(
  `${lists.indices.length} rows, ${lists.indptr.length - 1} people, ${TITLES} titles, ${options.factors} factors`,
);

/** One number per sweep: elapsed seconds, and processor seconds of all threads. */
interface Measured {
  readonly seconds: number[];
  readonly cpu: number[];
}

const ours: Measured = { seconds: [], cpu: [] };
const theirs: Measured = { seconds: [], cpu: [] };
let peerSteps = 0;
const folder = await mkdtemp(join(tmpdir(), 'osusume-bench-'));
try {
  await writeLists(folder);
  for (let round = 0; round < Number(given.rounds); round++) {
    add(ours, await ourSweeps());
    const measured = await implicitSweeps(folder);
    add(theirs, measured);
    peerSteps = measured.steps;
  }
} finally {
  await rm(folder, { recursive: true });
}
console.log(`ours, ${options.steps} steps per row: ${listed(ours.seconds)}`);
console.log(`implicit, ${peerSteps} steps per row: ${listed(theirs.seconds)}`);
compare('a sweep', ours.seconds, theirs.seconds);
compare('processor time of a sweep', ours.cpu, theirs.cpu);

async function ourSweeps(): Promise<Measured> {
  const source = {
    rows: lists.indptr.length - 1,
    entries: lists.indices.length,
    fill(row: number, at: number, indices: Uint32Array, values: Float32Array) {
      const [from, to] = [lists.indptr[row], lists.indptr[row + 1]];
      indices.set(lists.indices.subarray(from, to), at);
      values.set(lists.values.subarray(from, to), at);
      return at + to - from;
    },
  };
  const sweeps = await AlternatingSweeps.create(source, TITLES, options, { threads });
  try {
    const measured: Measured = { seconds: [], cpu: [] };
    for (let sweep = 0; sweep < options.iterations; sweep++) {
      const started = performance.now();
      const cpu = process.cpuUsage();
      await sweeps.solveRows();
      await sweeps.solveColumns();
      measured.seconds.push((performance.now() - started) / 1000);
      const { user, system } = process.cpuUsage(cpu);
      measured.cpu.push((user + system) / 1e6);
    }
    if (!sweeps.columnFactors().every(Number.isFinite)) throw new Error('a factor is not finite');
    return measured;
  } finally {
    await sweeps.close();
  }
}

/** In a separate process. OpenBLAS uses one thread, as implicit requires, because implicit has its own threads. */
async function implicitSweeps(from: string): Promise<Measured & { steps: number }> {
  const args = ['bench/ials.py', from, TITLES, options.factors, options.iterations, threads];
  const { stdout } = await promisify(execFile)(given.python, args.map(String), {
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
  });
  return JSON.parse(stdout) as Measured & { steps: number };
}

/**
 * Lists of log-normal length without duplicates. The popularity of titles falls as 1 / (rank + 100): the first thousand
 * have about half of all rows, as in the real data.
 */
function drawLists(rows: number, uniform: Random): Lists {
  const people = Math.max(1, Math.round(rows / ROWS_PER_USER));
  const lengths = Float64Array.from({ length: people }, () => Math.exp(SPREAD * normal(uniform)));
  const scale = rows / lengths.reduce((sum, length) => sum + length, 0);
  const indptr = new Uint32Array(people + 1);
  for (let person = 0; person < people; person++) {
    const length = Math.min(TITLES >> 2, Math.max(1, Math.round(scale * lengths[person])));
    indptr[person + 1] = indptr[person] + length;
  }
  const indices = new Uint32Array(indptr[people]);
  const listedBy = new Int32Array(TITLES).fill(-1);
  for (let person = 0; person < people; person++) {
    for (let p = indptr[person]; p < indptr[person + 1]; p++) {
      indices[p] = drawTitle(uniform);
      while (listedBy[indices[p]] === person) indices[p] = drawTitle(uniform);
      listedBy[indices[p]] = person;
    }
    indices.subarray(indptr[person], indptr[person + 1]).sort();
  }
  const values = Float32Array.from(indices, () => Math.max(0.1, 1 + 0.4 * normal(uniform)));
  return { indptr, indices, values };
}

/** The inverse of the cumulative popularity ln((rank + 100) / 100) / ln((TITLES + 100) / 100). */
function drawTitle(uniform: Random): number {
  return Math.floor(100 * ((TITLES + 100) / 100) ** uniform() - 100);
}

async function writeLists(target: string): Promise<void> {
  for (const [name, data] of Object.entries(lists) as [string, Uint32Array | Float32Array][]) {
    await writeFile(
      join(target, name),
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    );
  }
}

function add(all: Measured, more: Measured): void {
  all.seconds.push(...more.seconds);
  all.cpu.push(...more.cpu);
}

function compare(what: string, mine: readonly number[], peer: readonly number[]): void {
  const [a, b] = [median(mine), median(peer)];
  console.log(
    `${what}: ${a.toFixed(2)} s, implicit ${b.toFixed(2)} s, ${(b / a).toFixed(2)}× as fast (medians of ${mine.length} and ${peer.length})`,
  );
}

function listed(values: readonly number[]): string {
  return `${values.map((value) => value.toFixed(2)).join(' ')} s`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
