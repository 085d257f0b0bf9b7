/**
 * What the network of the second stage takes: ordering the candidates of a list, the terms of the groups of features
 * for the titles that are shown, and one list of training; kernels beside their plain twins, in turn.
 *
 *   npm run bench -- rank [--hidden1 48] [--hidden2 16] [--candidates 300] [--shown 20] [--runs 500]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { normal, random } from '../src/data/random.ts';
import { Arena } from '../src/linalg/wasm/arena.ts';
import { instantiateKernels } from '../src/linalg/wasm/instance.ts';
import type { Kernels } from '../src/linalg/wasm/kernels.ts';
import {
  RANK_PLAN,
  type RankPlan,
  rankParameters,
  rankScratch,
  roundUp,
} from '../src/linalg/wasm/rank-kernels.ts';
import { referenceKernels } from '../src/linalg/wasm/reference.ts';
import { FEATURES } from '../src/model/rank/feature-names.ts';
import { RANK_GROUPS } from '../src/model/rank/rank-groups.ts';

const { values: options } = parseArgs({
  options: {
    hidden1: { type: 'string', default: '48' },
    hidden2: { type: 'string', default: '16' },
    candidates: { type: 'string', default: '300' },
    shown: { type: 'string', default: '20' },
    runs: { type: 'string', default: '500' },
  },
});
const size = {
  width: FEATURES.length,
  hidden1: Number(options.hidden1),
  hidden2: Number(options.hidden2),
};
const candidates = Number(options.candidates);
const { length } = rankParameters(size);
const rows = roundUp(candidates, 4);

const arena = new Arena();
const at = arena.allocateAll({
  parameters: 4 * length,
  means: 4 * size.width,
  scales: 4 * size.width,
  features: 4 * candidates * size.width,
  groups: 4 * size.width,
  indptr: 8,
  logScores: 4 * candidates,
  relevant: rows,
  weights: 4,
  discounts: 4 * candidates,
  gradients: 4 * length,
  losses: 4,
  scratch: 4 * rankScratch(size, rows),
  out: 4 * rows,
  plan: 4 * RANK_PLAN.length,
});
const { kernels, memory } = instantiateKernels(arena.bytes);
const uniform = random(1);
const f32 = (pointer: number, count: number) => new Float32Array(memory.buffer, pointer, count);
for (const [pointer, count] of [
  [at.parameters, length],
  [at.means, size.width],
  [at.features, candidates * size.width],
  [at.logScores, candidates],
])
  f32(pointer, count).set(Float32Array.from({ length: count }, () => normal(uniform) / 4));
f32(at.scales, size.width).fill(1);
f32(at.weights, 1)[0] = 1;
f32(at.discounts, candidates).set(
  Float32Array.from({ length: candidates }, (_, rank) => 1 / Math.log2(2 + rank)),
);
new Uint32Array(memory.buffer, at.indptr, 2)[1] = candidates;
new Uint8Array(memory.buffer, at.relevant, candidates).fill(1, 0, Math.ceil(candidates / 12));
new Uint32Array(memory.buffer, at.groups, size.width).set(
  FEATURES.map(({ group }) => RANK_GROUPS.indexOf(group)),
);
const plan: RankPlan = {
  ...at,
  ...size,
  ...{ rows, lists: 1, perPart: 1, first: 60, dropped: Math.round(0.1 * 2 ** 32) },
};
new Uint32Array(memory.buffer, at.plan, RANK_PLAN.length).set(RANK_PLAN.map((name) => plan[name]));

const shown = Math.min(candidates, Number(options.shown));
const works: Record<string, (of: Kernels) => void> = {
  [`scores of ${candidates} candidates`]: (of) =>
    of.scoreCandidates(at.features, at.logScores, candidates, at.plan, at.out),
  [`terms of ${shown} titles`]: (of) => {
    for (let n = 0; n < shown; n++)
      of.scoreCoalitions(at.features + 4 * n * size.width, at.means, at.groups, at.plan, at.out);
  },
  'a list of training': (of) => of.trainLists(0, 1, at.plan, 1),
};

console.log(`${cpus()[0].model}, Node ${process.version}`);
console.log(`${size.width} features, ${size.hidden1} and ${size.hidden2} units, one thread`);
const plain = referenceKernels(memory);
for (const [name, work] of Object.entries(works)) {
  const fast = timesOf(() => work(kernels), Number(options.runs));
  const slow = timesOf(() => work(plain), Math.max(3, Number(options.runs) / 100));
  const [median, late, twin] = [quantile(fast, 0.5), quantile(fast, 0.99), quantile(slow, 0.5)];
  console.log(
    `${name}: ${(1e3 * median).toFixed(0)} µs, p99 ${(1e3 * late).toFixed(0)} µs; plain twin ${(1e3 * twin).toFixed(0)} µs, ${(twin / median).toFixed(0)}× as long`,
  );
}

/** Milliseconds of each run, ascending. */
function timesOf(work: () => void, runs: number): number[] {
  for (let n = 0; n < Math.max(1, runs / 5); n++) work();
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b);
}

function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))];
}
