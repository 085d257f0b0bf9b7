/**
 * Compares the two costs of a fit with scipy, on the same data in one run: G = XᵀX (scipy.sparse), and the inverse of
 * G + λI (LAPACK's spotrf + spotri, float32). We compute the inverse in two ways: from X, without G, which is faster for
 * fewer users than titles; and from G. Needs python3 with numpy and scipy.
 *
 *   npm run bench -- solve --home <home with a dataset> [--titles 17562] [--repeat 3] [--skip-inverse]
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { parseSlimOptions } from '../src/config/model-options.ts';
import { mostListed } from '../src/data/catalogue/most-listed.ts';
import type { Dataset } from '../src/data/dataset.ts';
import { openDataset } from '../src/data/dataset-file.ts';
import { profileOf } from '../src/data/interactions.ts';
import { preferenceWeights } from '../src/data/weights.ts';
import { BlockSymmetricMatrix } from '../src/linalg/block-symmetric-matrix.ts';
import { collected } from '../src/linalg/gram.ts';
import { invert } from '../src/linalg/inverse.ts';
import { invertByRows } from '../src/linalg/inverse-by-rows.ts';
import { addUsers, userRows } from '../src/model/gram/gram-matrices.ts';

const LAMBDA = 60;
const { values: options } = parseArgs({
  options: {
    home: { type: 'string', default: '.osusume' },
    titles: { type: 'string', default: '17562' },
    repeat: { type: 'string', default: '3' },
    'skip-inverse': { type: 'boolean', default: false },
  },
});

const dataset = mostListed(await openDataset(options.home), Number(options.titles));
const everyone = { from: 0, to: dataset.interactions.users };
const lambda = new Float32Array(dataset.items.size).fill(LAMBDA);
const slim = parseSlimOptions({ userNormalization: 0 });
const folder = await mkdtemp(join(tmpdir(), 'osusume-bench-'));
console.log(`${cpus()[0].model}, ${availableParallelism()} cores, Node ${process.version}`);
console.log(
  `${everyone.to} people, ${dataset.items.size} titles, ${dataset.interactions.indices.length} rows`,
);

const ours = { accumulate: [] as number[], invert: [] as number[], byRows: [] as number[] };
const peer = { accumulate: [] as number[], invert: [] as number[] };
try {
  await writeRows(folder, dataset);
  for (let round = 0; round < Number(options.repeat); round++) {
    const gram = new BlockSymmetricMatrix(dataset.items.size);
    ours.accumulate.push(await seconds(() => addUsers(gram, dataset, everyone, slim)));
    const inverse = new BlockSymmetricMatrix(dataset.items.size);
    if (!options['skip-inverse']) {
      const people = userRows(dataset, everyone, slim);
      ours.byRows.push(
        await seconds(() => invertByRows(collected(people, inverse.size), lambda, inverse)),
      );
      for (let i = 0; i < gram.size; i++) gram.set(i, i, gram.get(i, i) + LAMBDA);
      ours.invert.push(await seconds(() => invert(gram)));
    }
    const measured = await scipy(folder, options['skip-inverse']);
    peer.accumulate.push(measured.accumulate);
    if (measured.invert !== undefined) peer.invert.push(measured.invert);
    if (measured.invert === undefined) continue;
    compare('from X', inverse, measured.sample);
    compare('from G', gram, measured.sample);
  }
} finally {
  await rm(folder, { recursive: true });
}
report('G = XᵀX', ours.accumulate, peer.accumulate, 'scipy.sparse X.T @ X');
if (peer.invert.length > 0) {
  const name = 'scipy spotrf + spotri';
  report('(G + λI)⁻¹ from the rows of X, without G', ours.byRows, peer.invert, name);
  report('(G + λI)⁻¹ from G', ours.invert, peer.invert, name);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** X as raw arrays that numpy reads. */
async function writeRows(target: string, { interactions }: Dataset): Promise<void> {
  const values = new Float32Array(interactions.indices.length);
  for (let user = 0; user < interactions.users; user++) {
    values.set(
      preferenceWeights(profileOf(interactions, user), slim.weights),
      interactions.indptr[user],
    );
  }
  const raw = (data: Uint32Array | Float32Array) =>
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  await writeFile(join(target, 'indptr'), raw(interactions.indptr));
  await writeFile(join(target, 'indices'), raw(interactions.indices));
  await writeFile(join(target, 'values'), raw(values));
}

interface Measured {
  readonly accumulate: number;
  readonly invert?: number;
  /** [row, column, value] of scipy's inverse */
  readonly sample: readonly (readonly [number, number, number])[];
}

async function scipy(target: string, skipInverse: boolean): Promise<Measured> {
  const args = [
    'bench/solve.py',
    target,
    String(dataset.items.size),
    String(LAMBDA),
    skipInverse ? 'skip' : 'invert',
  ];
  const { stdout } = await promisify(execFile)('python3', args, { maxBuffer: 1 << 24 });
  return JSON.parse(stdout) as Measured;
}

/** Checks that both have computed the same inverse. */
function compare(way: string, inverse: BlockSymmetricMatrix, sample: Measured['sample']): void {
  const worst = Math.max(...sample.map(([r, c, value]) => Math.abs(inverse.get(r, c) - value)));
  const largest = Math.max(...sample.map(([, , value]) => Math.abs(value)));
  console.log(
    `${way}: largest difference of ${sample.length} entries: ${(worst / largest).toExponential(1)} of the largest`,
  );
  if (worst > 1e-3 * largest) throw new Error('the two inverses disagree');
}

function report(what: string, mine: number[], theirs: number[], name: string): void {
  const [a, b] = [median(mine), median(theirs)];
  console.log(
    `${what}: ${a.toFixed(2)} s, ${name} ${b.toFixed(2)} s, ${(b / a).toFixed(2)}× as fast (medians of ${mine.length})`,
  );
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
