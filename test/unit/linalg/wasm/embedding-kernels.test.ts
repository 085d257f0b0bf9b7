import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Random, random } from '../../../../src/data/random.ts';
import { HEAD_LENGTH } from '../../../../src/linalg/wasm/embedding-kernels.ts';
import { instantiateKernels, type KernelInstance } from '../../../../src/linalg/wasm/instance.ts';
import type { Kernels } from '../../../../src/linalg/wasm/kernels.ts';
import { referenceKernels } from '../../../../src/linalg/wasm/reference.ts';

const BYTES = 1 << 20;
let fast: KernelInstance;

beforeAll(async () => {
  fast = instantiateKernels(BYTES);
});

/** Places of up to 32 arrays in the memory, 32 kB each. */
const at = (slot: number) => 64 + slot * 32_000;

/** Fills two memories alike, runs one call on each twin and returns the floats of `slots` from both. */
function compare(
  fill: (put: (slot: number, data: Float32Array | Uint32Array) => void) => void,
  call: (kernels: Kernels) => void,
  outputs: readonly [slot: number, length: number][],
) {
  const plain = new ArrayBuffer(BYTES);
  const quick = fast.memory.buffer;
  new Uint8Array(quick).fill(0);
  for (const buffer of [plain, quick]) {
    fill((slot, data) =>
      data instanceof Float32Array
        ? new Float32Array(buffer, at(slot), data.length).set(data)
        : new Uint32Array(buffer, at(slot), data.length).set(data),
    );
  }
  call(referenceKernels({ buffer: plain }));
  call(fast.kernels);
  for (const [slot, length] of outputs) {
    const expected = new Float32Array(plain, at(slot), length);
    const actual = new Float32Array(quick, at(slot), length);
    for (let k = 0; k < length; k++) {
      const tolerance = 2e-5 + 1e-4 * Math.abs(expected[k]);
      if (!(Math.abs(actual[k] - expected[k]) <= tolerance))
        throw new Error(`slot ${slot}[${k}] is ${actual[k]}, expected ${expected[k]}`);
    }
  }
}

const floats = (length: number, uniform: Random, low = -1, high = 1) =>
  Float32Array.from({ length }, () => low + (high - low) * uniform());
const indices = (length: number, below: number, uniform: Random) =>
  Uint32Array.from({ length }, () => Math.floor(below * uniform()));

const shape = fc.record({
  tableRows: fc.integer({ min: 1, max: 12 }),
  dimension: fc.constantFrom(16, 32, 48),
  count: fc.integer({ min: 1, max: 40 }),
  seed: fc.integer(),
});
const check = (
  run: (values: { tableRows: number; dimension: number; count: number; seed: number }) => void,
) => fc.assert(fc.property(shape, run), { numRuns: 100 });

/** p, move and deviations of every row; deviations are not negative. */
function tableOf(rows: number, dimension: number, uniform: Random): Float32Array {
  return floats(3 * rows * dimension, uniform).map((value, k) =>
    Math.floor(k / dimension) % 3 === 2 ? Math.abs(value) : value,
  );
}

describe('gatherRows()', () => {
  it('agrees with its reference', () => {
    check(({ tableRows, dimension, seed }) => {
      const uniform = random(seed);
      const step = 9;
      const distinct = Uint32Array.from({ length: tableRows }, (_, n) => n).filter(
        () => uniform() < 0.7,
      );
      compare(
        (put) => {
          put(0, distinct);
          put(1, tableOf(tableRows, dimension, random(seed + 1)));
          put(2, indices(tableRows, step, random(seed + 2)));
          put(3, floats(step, random(seed + 3)));
        },
        (k) => {
          const n = distinct.length;
          k.gatherRows(n >> 1, n, at(0), at(1), at(2), at(3), dimension, at(6), at(7));
        },
        [
          [1, 3 * tableRows * dimension],
          [6, tableRows * dimension],
          [7, tableRows],
        ],
      );
    });
  });
});

describe('settleRows()', () => {
  it('agrees with its reference', () => {
    check(({ tableRows, dimension, seed }) => {
      const step = 9;
      compare(
        (put) => {
          put(1, tableOf(tableRows, dimension, random(seed)));
          put(2, indices(tableRows, step + 1, random(seed + 1)));
          put(3, Float32Array.of(...floats(step, random(seed + 2)), 0));
          put(4, Float32Array.of(1, ...floats(step, random(seed + 3), 0, 1)));
          put(5, Float32Array.of(1, ...floats(step, random(seed + 4), 0.5, 1)));
        },
        (k) => k.settleRows(0, tableRows, at(1), at(2), at(3), at(4), at(5), step, dimension),
        [[1, 3 * tableRows * dimension]],
      );
      expect(new Uint32Array(fast.memory.buffer, at(2), tableRows)).toEqual(
        new Uint32Array(tableRows).fill(step),
      );
    });
  });
});

describe('pairCosines()', () => {
  it('agrees with its reference', () => {
    check(({ tableRows, dimension, count, seed }) => {
      const starts = indices(tableRows - 1, count + 1, random(seed)).sort();
      compare(
        (put) => {
          put(0, Uint32Array.of(0, ...starts, count));
          put(1, Uint32Array.from({ length: count }, (_, n) => n).reverse());
          put(2, indices(count, tableRows, random(seed + 1)));
          put(3, floats(tableRows * dimension, random(seed + 2)));
        },
        (k) => {
          const middle = tableRows >> 1;
          k.pairCosines(middle, tableRows, at(0), at(1), at(2), at(3), dimension, at(4));
        },
        [[4, count]],
      );
    });
  });
});

describe('headStep()', () => {
  it('agrees with its reference', () => {
    check(({ count, seed }) => {
      const uniform = random(seed);
      const head = floats(HEAD_LENGTH, uniform, -0.9, 0.9).map((value, k) =>
        k === 5 || k >= 10 ? Math.abs(value) : value,
      );
      compare(
        (put) => {
          put(0, floats(count, random(seed + 1)));
          put(1, floats(count, random(seed + 2), 0, 1));
          put(2, head);
        },
        (k) => k.headStep(0, count, at(0), at(1), at(2), 0.01, at(3), at(4)),
        [
          [2, HEAD_LENGTH],
          [3, count],
          [4, count],
        ],
      );
    });
  });
});

describe('adamRows()', () => {
  it('agrees with its reference', () => {
    check(({ tableRows, dimension, count, seed }) => {
      const uniform = random(seed);
      const starts = indices(tableRows - 1, count + 1, uniform).sort();
      compare(
        (put) => {
          put(0, Uint32Array.from({ length: tableRows }, (_, n) => n).reverse());
          put(1, Uint32Array.of(0, ...starts, count));
          put(2, indices(count, count, random(seed + 1)));
          put(3, indices(count, tableRows, random(seed + 2)));
          put(4, floats(count, random(seed + 3)));
          put(5, floats(count, random(seed + 4)));
          put(6, floats(tableRows * dimension, random(seed + 5)));
          put(7, floats(tableRows, random(seed + 6), 0.5, 2));
          put(8, tableOf(tableRows, dimension, random(seed + 7)));
          put(9, indices(tableRows, 5, random(seed + 8)));
          put(10, floats(5, random(seed + 9)));
          put(11, floats(5, random(seed + 10), 0, 1));
          put(12, floats(5, random(seed + 11), 0.5, 1));
        },
        (k) =>
          k.adamRows(
            ...([0, tableRows, at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7)] as const),
            ...([at(8), at(9), at(10), at(11), at(12), 5, 0.01, 0.1, dimension] as const),
          ),
        [[8, 3 * tableRows * dimension]],
      );
      expect(new Uint32Array(fast.memory.buffer, at(9), tableRows)).toEqual(
        new Uint32Array(tableRows).fill(5),
      );
    });
  });
});

describe('carryDrift()', () => {
  it('agrees with its reference', () => {
    check(({ tableRows: step, seed }) => {
      compare(
        (put) => {
          put(0, floats(step + 1, random(seed)));
          put(1, floats(step + 1, random(seed + 1), 0, 1));
          put(2, floats(step + 1, random(seed + 2), 0.5, 1));
        },
        (k) => k.carryDrift(step >> 1, step, at(0), at(1), at(2), step, 0.3),
        [[0, step + 1]],
      );
    });
  });
});

describe('rowProducts() and weightedRowSum()', () => {
  it('agree with their references', () => {
    check(({ tableRows, dimension, count, seed }) => {
      compare(
        (put) => {
          put(0, floats(tableRows * dimension, random(seed)));
          put(1, indices(count, tableRows, random(seed + 1)));
          put(2, floats(dimension, random(seed + 2)));
          put(3, floats(count, random(seed + 3)));
        },
        (k) => {
          k.rowProducts(at(0), at(1), count, dimension, at(2), at(4));
          k.weightedRowSum(at(0), at(1), count, dimension, at(3), at(5));
        },
        [
          [4, count],
          [5, dimension],
        ],
      );
    });
  });
});
