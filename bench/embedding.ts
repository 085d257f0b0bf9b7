/**
 * Compares the embedding network with the same one in PyTorch: the same rows, validation rows, batch size, learning rate
 * and initial weights, on the same number of threads. Both must reach the same validation loss. Needs python3 with
 * torch and numpy (not with `--skip-peer`).
 *
 *   npm run bench -- embedding [--rows 5000000] [--epochs 5] [--threads 2] [--python python3] [--skip-peer]
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { EmbeddingNetwork } from '../src/model/embedding/network.ts';
import { parseEmbeddingOptions } from '../src/model/embedding/options.ts';
import { rowsOf, splitRows } from '../src/model/embedding/rows.ts';
import { trainEmbedding } from '../src/model/embedding/training.ts';
import { syntheticRatings } from './synthetic-ratings.ts';

const RATE = 1e-3;
const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '5000000' },
    epochs: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
    python: { type: 'string', default: 'python3' },
    'skip-peer': { type: 'boolean', default: false },
  },
});
const threads = Number(flags.threads);
const options = parseEmbeddingOptions({
  epochs: Number(flags.epochs),
  negatives: 0,
  patience: 0,
  schedule: { kind: 'constant', rate: RATE },
});

interface Measured {
  /** of each epoch, including validation */
  readonly seconds: readonly number[];
  /** validation loss after each epoch */
  readonly losses: readonly number[];
}

const dataset = syntheticRatings(Number(flags.rows));
const people = dataset.parts.train;
console.log(`${cpus()[0].model}, ${availableParallelism()} cores, Node ${process.version}`);
console.log(
  `${flags.rows} rows, ${people.to} people, ${dataset.items.size} titles, batch ${options.batch}, ${threads} threads`,
);

const { records } = await trainEmbedding(dataset, options, { threads });
const ours: Measured = {
  seconds: records.map(({ seconds }) => seconds),
  losses: records.map(({ validation }) => validation?.loss ?? Number.NaN),
};
print('osusume', ours);
if (!flags['skip-peer']) {
  const theirs = await pytorch();
  print('PyTorch', theirs);
  compare(ours, theirs);
}

async function pytorch(): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'osusume-bench-'));
  try {
    await writeRows(folder);
    await writeInitialWeights(folder);
    const { dimension, batch, epochs } = options;
    const numbers = [people.to, dataset.items.size, dimension, batch, epochs, RATE, threads];
    const args = ['bench/embedding.py', folder, ...numbers.map(String)];
    const { stdout } = await promisify(execFile)(flags.python, args, { maxBuffer: 1 << 24 });
    return JSON.parse(stdout) as Measured;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Rows as raw arrays that numpy reads: training.users (u32) … validation.targets (f32). */
async function writeRows(folder: string): Promise<void> {
  const rows = rowsOf(dataset.interactions, people, options);
  const split = splitRows(rows.users.length, options.validationRows, options.seed);
  for (const part of ['training', 'validation'] as const) {
    const order = split[part];
    await writeRaw(
      join(folder, `${part}.users`),
      order.map((row) => rows.users[row]),
    );
    await writeRaw(
      join(folder, `${part}.items`),
      order.map((row) => rows.items[row]),
    );
    const targets = Float32Array.from(order, (row) => rows.targets[row]);
    await writeRaw(join(folder, `${part}.targets`), targets);
  }
}

async function writeInitialWeights(folder: string): Promise<void> {
  const size = { people: people.to, items: dataset.items.size, dimension: options.dimension };
  const network = await EmbeddingNetwork.create({ ...size, batch: 1, steps: 1 }, { threads: 1 });
  network.initialize(options.seed);
  await writeRaw(join(folder, 'vectors'), network.vectors());
  await writeRaw(join(folder, 'head'), network.head.slice(0, 4));
  await network.close();
}

function writeRaw(path: string, data: Uint32Array | Float32Array): Promise<void> {
  return writeFile(path, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function print(name: string, { seconds, losses }: Measured): void {
  const times = seconds.map((value) => value.toFixed(2)).join(' ');
  const reached = losses.map((value) => value.toFixed(4)).join(' ');
  console.log(`${name}: seconds per epoch ${times}; validation loss ${reached}`);
}

function compare(mine: Measured, theirs: Measured): void {
  const [a, b] = [median(mine.seconds), median(theirs.seconds)];
  console.log(
    `an epoch: ${a.toFixed(2)} s, PyTorch ${b.toFixed(2)} s, ${(b / a).toFixed(2)}× as fast (medians of ${mine.seconds.length})`,
  );
  const [loss, peer] = [mine.losses.at(-1) ?? Number.NaN, theirs.losses.at(-1) ?? Number.NaN];
  const apart = Math.abs(loss / peer - 1);
  console.log(`validation loss: ${(100 * apart).toFixed(2)} % apart`);
  if (!(apart <= 0.01)) throw new Error('the two networks disagree');
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
