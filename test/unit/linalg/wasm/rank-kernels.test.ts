import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { normal, type Random, random } from '../../../../src/data/random.ts';
import { Arena } from '../../../../src/linalg/wasm/arena.ts';
import { instantiateKernels, type KernelInstance } from '../../../../src/linalg/wasm/instance.ts';
import type { Kernels } from '../../../../src/linalg/wasm/kernels.ts';
import {
  RANK_PLAN,
  type RankPlan,
  rankParameters,
  rankScratch,
  roundUp,
} from '../../../../src/linalg/wasm/rank-kernels.ts';
import { referenceKernels } from '../../../../src/linalg/wasm/reference.ts';
import { randomCsr } from '../../../support/random-csr.ts';

const BYTES = 1 << 22;
let fast: KernelInstance;

beforeAll(() => {
  fast = instantiateKernels(BYTES);
});

type Data = Float32Array | Uint32Array | Uint16Array | Uint8Array;

/** Fills two memories alike, runs one call on each twin and compares the floats of `outputs`. */
function compare(
  inputs: Readonly<Record<string, Data>>,
  call: (kernels: Kernels, at: Record<string, number>) => unknown,
  outputs: readonly string[],
  more: (at: Record<string, number>) => Readonly<Record<string, Data>> = () => ({}),
) {
  const arena = new Arena();
  const at: Record<string, number> = {};
  for (const [name, data] of Object.entries(inputs)) at[name] = arena.allocate(data.byteLength);
  const all = { ...inputs, ...more(at) };
  for (const [name, data] of Object.entries(all)) at[name] ??= arena.allocate(data.byteLength);
  expect(arena.bytes).toBeLessThan(BYTES);
  const plain = new ArrayBuffer(BYTES);
  const quick = fast.memory.buffer;
  new Uint8Array(quick).fill(0);
  for (const buffer of [plain, quick])
    for (const [name, data] of Object.entries(all))
      new Uint8Array(buffer, at[name], data.byteLength).set(
        new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      );
  const expected = call(referenceKernels({ buffer: plain }), at);
  const actual = call(fast.kernels, at);
  const near = (name: string, a: number, b: number) => {
    if (!(Math.abs(a - b) <= 2e-5 + 2e-4 * Math.abs(b)))
      throw new Error(`${name} is ${a}, expected ${b}`);
  };
  if (typeof expected === 'number') near('the result', actual as number, expected);
  for (const name of outputs) {
    const [a, b] = [quick, plain].map(
      (buffer) => new Float32Array(buffer, at[name], all[name].length),
    );
    a.forEach((value, k) => {
      near(`${name}[${k}]`, value, b[k]);
    });
  }
}

const normals = (length: number, uniform: Random, scale = 1) =>
  Float32Array.from({ length }, () => scale * normal(uniform));
const zeros = (length: number) => new Float32Array(length);
const discounts = (length: number) =>
  Float32Array.from({ length }, (_, rank) => 1 / Math.log2(2 + rank));

const shape = fc.record({
  rows: fc.integer({ min: 1, max: 6 }).map((n) => 4 * n),
  depth: fc.integer({ min: 1, max: 4 }).map((n) => 8 * n),
  columns: fc.integer({ min: 1, max: 4 }).map((n) => 8 * n),
  count: fc.integer({ min: 1, max: 40 }),
  width: fc.integer({ min: 1, max: 29 }),
  seed: fc.integer(),
});
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;
const check = (run: (values: Shape) => void) => fc.assert(fc.property(shape, run), { numRuns: 60 });

describe('standardiseRows()', () => {
  it('agrees with its reference, padding among it', () => {
    check(({ count, width, seed }) => {
      const uniform = random(seed);
      const rows = roundUp(count, 4);
      compare(
        {
          features: normals(count * width, uniform, 4),
          means: normals(width, uniform),
          scales: normals(width, uniform, 2),
          out: normals(rows * roundUp(width, 8), uniform),
        },
        (k, at) => k.standardiseRows(at.features, count, width, at.means, at.scales, rows, at.out),
        ['out'],
      );
    });
  });
});

describe('listTerms() and listShortTerms()', () => {
  it('agree with their references on lists of any length', () => {
    const cases = fc.record({
      size: fc.integer({ min: 1, max: 30 }),
      density: fc.double({ min: 0, max: 1, noNaN: true }),
      listed: fc.double({ min: 0, max: 1, noNaN: true }),
      isShort: fc.boolean(),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(cases, ({ size, density, listed, isShort, seed }) => {
        const uniform = random(seed);
        const matrix = randomCsr(size, density, seed);
        const items = Uint32Array.from(Array(size).keys()).filter(() => uniform() < listed);
        let candidates = 0;
        const places = Uint16Array.from({ length: size }, () =>
          uniform() < 0.5 ? ++candidates : 0,
        );
        compare(
          {
            indptr: matrix.indptr,
            indices: isShort ? Uint16Array.from(matrix.indices) : matrix.indices,
            values: matrix.values,
            items,
            weights: normals(items.length, uniform, 0.1),
            deviations: normals(items.length, uniform, 2),
            places,
            hits: new Uint32Array(size + 1),
            out: normals(16 * candidates, uniform),
          },
          (k, at) => {
            const read = isShort ? k.listShortTerms : k.listTerms;
            read(
              ...([at.indptr, at.indices, at.values, at.items, at.weights] as const),
              ...([at.deviations, items.length, at.places, candidates, at.hits, at.out] as const),
            );
          },
          ['out'],
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('meanOfRows()', () => {
  it('agrees with its reference', () => {
    check(({ count, width, seed }) => {
      const rows = normals(count * width, random(seed), 3);
      compare({ rows, out: zeros(width) }, (k, at) => k.meanOfRows(at.rows, count, width, at.out), [
        'out',
      ]);
    });
  });
});

describe('multiplyLayer()', () => {
  it('agrees with its reference, with biases and without', () => {
    check(({ rows, depth, columns, seed }) => {
      const uniform = random(seed);
      compare(
        {
          inputs: normals(rows * depth, uniform),
          weights: normals(depth * columns, uniform),
          biases: normals(columns, uniform),
          out: zeros(rows * columns),
        },
        (k, at) => {
          const biases = seed % 2 ? at.biases : 0;
          k.multiplyLayer(at.inputs, at.weights, biases, rows, depth, columns, at.out);
        },
        ['out'],
      );
    });
  });
});

describe('multiplyTransposed()', () => {
  it('agrees with its reference and adds to what is there', () => {
    check(({ rows, depth, columns, seed }) => {
      const uniform = random(seed);
      compare(
        {
          inputs: normals(rows * depth, uniform),
          slopes: normals(rows * columns, uniform),
          out: normals(depth * columns, uniform),
        },
        (k, at) => k.multiplyTransposed(at.inputs, at.slopes, rows, depth, columns, at.out),
        ['out'],
      );
    });
  });
});

describe('gelu() and geluWithSlopes()', () => {
  it('agree with their references, also far from 0', () => {
    check(({ rows, seed }) => {
      const values = normals(rows, random(seed), 6);
      compare({ values }, (k, at) => k.gelu(at.values, rows), ['values']);
      for (const dropped of [0, 2 ** 31, 429_496_730])
        compare(
          { values, slopes: zeros(rows) },
          (k, at) => k.geluWithSlopes(at.values, at.slopes, rows, seed >>> 0, dropped),
          ['values', 'slopes'],
        );
    });
  });

  it('drops the share of units asked for and keeps their mean', () => {
    const count = 40_000;
    const [values, slopes] = [64, 64 + 4 * count];
    new Float32Array(fast.memory.buffer, values, count).fill(3);
    fast.kernels.geluWithSlopes(values, slopes, count, 11, Math.round(0.1 * 2 ** 32));
    const after = new Float32Array(fast.memory.buffer, values, count);
    expect(after.filter((value) => value === 0).length / count).toBeCloseTo(0.1, 2);
    expect(after.reduce((sum, value) => sum + value, 0) / count).toBeCloseTo(2.9964, 1);
  });
});

describe('lambdaSlopes()', () => {
  it('agrees with its reference, with equal scores and any number of relevant ones', () => {
    check(({ count, seed }) => {
      const uniform = random(seed);
      const rows = roundUp(count, 4);
      const scores = normals(rows, uniform, 3).map((score) => Math.round(2 * score) / 2);
      const share = uniform();
      compare(
        {
          scores,
          relevant: Uint8Array.from({ length: rows }, () => Number(uniform() < share)),
          discounts: discounts(count),
          scratch: zeros(2 * rows),
          slopes: normals(rows, uniform),
        },
        (k, at) =>
          k.lambdaSlopes(
            at.scores,
            at.relevant,
            count,
            0.7,
            count,
            at.discounts,
            at.scratch,
            rows,
            at.slopes,
          ),
        ['slopes'],
      );
    });
  });

  it('compares pairs up to the given rank', () => {
    check(({ count, rows: first, seed }) => {
      const uniform = random(seed);
      const rows = roundUp(count, 4);
      compare(
        {
          scores: normals(rows, uniform),
          relevant: Uint8Array.from({ length: rows }, () => Number(uniform() < 0.4)),
          discounts: discounts(count),
          scratch: zeros(2 * rows),
          slopes: zeros(rows),
        },
        (k, at) =>
          k.lambdaSlopes(
            ...([at.scores, at.relevant, count, 1, first, at.discounts] as const),
            ...([at.scratch, rows, at.slopes] as const),
          ),
        ['slopes'],
      );
    });
  });
});

/** A random network and a batch of lists for it. */
function batchOf({ rows: most, columns, depth, width, seed }: Shape, dropped: number) {
  const uniform = random(seed);
  const size = { width, hidden1: columns, hidden2: depth };
  const lists = 5;
  const counts = Array.from({ length: lists }, () => 1 + Math.floor(most * uniform()));
  const indptr = Uint32Array.from(
    [0, ...counts].map((_, n) => counts.slice(0, n).reduce((a, b) => a + b, 0)),
  );
  const candidates = indptr[lists];
  const { length } = rankParameters(size);
  const parts = 2;
  const inputs = {
    parameters: normals(length, uniform, 0.4),
    means: normals(width, uniform),
    scales: normals(width, uniform),
    scratch: zeros(parts * rankScratch(size, most)),
    features: normals(candidates * width, uniform),
    indptr,
    logScores: normals(candidates, uniform),
    relevant: Uint8Array.from({ length: candidates }, () => Number(uniform() < 0.4)),
    weights: normals(lists, uniform).map(Math.abs),
    discounts: discounts(most),
    gradients: normals(parts * length, uniform),
    losses: zeros(lists),
    out: zeros(candidates),
  };
  const planOf = (at: Record<string, number>) => {
    const plan: RankPlan = {
      ...(at as Record<keyof typeof inputs, number>),
      ...size,
      ...{ rows: most, lists, perPart: 3, first: 4, dropped },
    };
    return { plan: Uint32Array.from(RANK_PLAN.map((name) => plan[name])) };
  };
  return { inputs, planOf, parts, candidates };
}

describe('scoreCandidates()', () => {
  it('agrees with its reference', () => {
    check((values) => {
      const { inputs, planOf } = batchOf(values, 0);
      const [, count] = inputs.indptr;
      compare(
        inputs,
        (k, at) => k.scoreCandidates(at.features, at.logScores, count, at.plan, at.out),
        ['out'],
        planOf,
      );
    });
  });
});

describe('scoreCoalitions()', () => {
  it('agrees with its reference', () => {
    check((values) => {
      const { inputs, planOf } = batchOf({ ...values, rows: 32 }, 0);
      const uniform = random(values.seed + 1);
      const width = values.width;
      compare(
        {
          ...inputs,
          ...{ own: normals(width, uniform, 3), mean: normals(width, uniform) },
          groups: Uint32Array.from({ length: width }, () => Math.floor(5 * uniform())),
          out: zeros(32),
        },
        (k, at) => k.scoreCoalitions(at.own, at.mean, at.groups, at.plan, at.out),
        ['out'],
        planOf,
      );
    });
  });
});

describe('trainLists()', () => {
  it('agrees with its reference, with dropout and without', () => {
    check((values) => {
      for (const dropped of [0, 2 ** 30]) {
        const { inputs, planOf, parts } = batchOf(values, dropped);
        compare(
          inputs,
          (k, at) => k.trainLists(0, parts, at.plan, values.seed >>> 0),
          ['gradients', 'losses'],
          planOf,
        );
      }
    });
  });
});

describe('stepWeights()', () => {
  it('agrees with its reference', () => {
    check(({ rows: length, seed }) => {
      const uniform = random(seed);
      compare(
        {
          parameters: normals(length, uniform),
          moments: normals(length, uniform),
          variances: normals(length, uniform).map(Math.abs),
          gradients: normals(3 * length, uniform),
        },
        (k, at) => {
          const { parameters, moments, variances, gradients } = at;
          k.stepWeights(
            4,
            length,
            parameters,
            moments,
            variances,
            gradients,
            3,
            length,
            0.1,
            2,
            0.01,
          );
        },
        ['parameters', 'moments', 'variances'],
      );
    });
  });
});
