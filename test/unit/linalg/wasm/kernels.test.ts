import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { random } from '../../../../src/data/random.ts';
import { instantiateKernels, type KernelInstance } from '../../../../src/linalg/wasm/instance.ts';
import type { Kernels } from '../../../../src/linalg/wasm/kernels.ts';
import { referenceKernels } from '../../../../src/linalg/wasm/reference.ts';

const BYTES = 4 << 20;
let fast: KernelInstance;

beforeAll(async () => {
  fast = instantiateKernels(BYTES);
});

/** Runs the same call on both twins, each on a memory that `prepare` has filled; returns both memories. */
function both(prepare: (bytes: ArrayBufferLike) => void, call: (kernels: Kernels) => unknown) {
  const plain = new ArrayBuffer(BYTES);
  new Uint8Array(fast.memory.buffer).fill(0);
  prepare(plain);
  prepare(fast.memory.buffer);
  const results = [call(referenceKernels({ buffer: plain })), call(fast.kernels)];
  return { plain, quick: fast.memory.buffer, results };
}

/** A random sparse matrix, by row and by column. */
function sparse(rows: number, items: number, density: number, seed: number) {
  const uniform = random(seed);
  const entries: [number, number, number][] = [];
  for (let u = 0; u < rows; u++)
    for (let i = 0; i < items; i++)
      if (uniform() < density) entries.push([u, i, uniform() * 2 - 0.5]);
  const pack = (size: number, key: 0 | 1, other: 0 | 1) => {
    const sorted = [...entries].sort((a, b) => a[key] - b[key] || a[other] - b[other]);
    const indptr = new Uint32Array(size + 1);
    for (const entry of sorted) indptr[entry[key] + 1]++;
    for (let r = 0; r < size; r++) indptr[r + 1] += indptr[r];
    return {
      indptr,
      indices: Uint32Array.from(sorted, (e) => e[other]),
      values: Float32Array.from(sorted, (e) => e[2]),
    };
  };
  return { byRow: pack(rows, 0, 1), byColumn: pack(items, 1, 0), entries };
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
/** Sparse matrices, and which of their columns a panel has. */
const PANELS = {
  rows: fc.integer({ min: 0, max: 40 }),
  items: fc.integer({ min: 1, max: 70 }),
  density: share,
  seed: fc.integer(),
  cut: fc.tuple(share, share),
};

function closeTo(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  expect(actual.length).toBe(expected.length);
  let worst = 0;
  for (let i = 0; i < expected.length; i++)
    worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
  expect(worst).toBeLessThanOrEqual(tolerance);
}

describe('gramPanel()', () => {
  it('agrees with its reference and with a dense product on random sparse rows', () => {
    const shape = fc.record({
      ...PANELS,
      add: fc.integer({ min: 0, max: 1 }),
    });
    fc.assert(
      fc.property(shape, ({ rows, items, density, seed, cut, add }) => {
        const from = Math.floor(cut[0] * (items - 1));
        const to = from + 1 + Math.floor(cut[1] * (items - from - 1));
        const z = sparse(rows, items, density, seed);
        const at = (slot: number) => 64 + slot * 100_000;
        const panelLength = (items - from) * (to - from);
        const prepare = (buffer: ArrayBufferLike) => {
          for (const [slot, part] of [
            z.byRow.indptr,
            z.byRow.indices,
            z.byRow.values,
            z.byColumn.indptr,
            z.byColumn.indices,
            z.byColumn.values,
          ].entries()) {
            if (part instanceof Uint32Array)
              new Uint32Array(buffer, at(slot), part.length).set(part);
            else new Float32Array(buffer, at(slot), part.length).set(part);
          }
          new Float32Array(buffer, at(6), panelLength).fill(7);
        };
        const { plain, quick } = both(prepare, (k) =>
          k.gramPanel(at(0), at(1), at(2), at(3), at(4), at(5), items, from, to, at(6), at(7), add),
        );
        const dense = Array.from({ length: rows }, () => new Float64Array(items));
        for (const [u, i, value] of z.entries) dense[u][i] = Math.fround(value);
        const expected = new Float64Array(panelLength).fill(add ? 7 : 0);
        for (let c = from; c < to; c++) {
          for (let r = c; r < items; r++)
            for (const row of dense)
              expected[(r - from) * (to - from) + (c - from)] += row[r] * row[c];
        }
        closeTo(new Float32Array(plain, at(6), panelLength), expected, 1e-4);
        closeTo(new Float32Array(quick, at(6), panelLength), expected, 1e-4);
      }),
      { numRuns: 200 },
    );
  });
});

describe('sandwichPanel()', () => {
  it('agrees with its reference and with a dense product on random sparse columns', () => {
    const shape = fc.record(PANELS);
    fc.assert(
      fc.property(shape, ({ rows, items, density, seed, cut }) => {
        const from = Math.floor(cut[0] * (items - 1));
        const width = 1 + Math.floor(cut[1] * (items - from - 1));
        const { byColumn, entries } = sparse(rows, items, density, seed);
        const stride = 4 * Math.ceil(rows / 4);
        const uniform = random(seed + 1);
        const middle = Float32Array.from({ length: rows * stride }, (_, at) =>
          at % stride < rows ? uniform() - 0.5 : 0,
        );
        const at = (slot: number) => 64 + slot * 100_000;
        const panelLength = (items - from) * width;
        const prepare = (buffer: ArrayBufferLike) => {
          new Uint32Array(buffer, at(0), items + 1).set(byColumn.indptr);
          new Uint32Array(buffer, at(1), entries.length).set(byColumn.indices);
          new Float32Array(buffer, at(2), entries.length).set(byColumn.values);
          new Float32Array(buffer, at(3), middle.length).set(middle);
          new Float32Array(buffer, at(5), panelLength + 1).fill(7);
        };
        const { plain, quick } = both(prepare, (k) =>
          k.sandwichPanel(
            at(0),
            at(1),
            at(2),
            items,
            from,
            from + width,
            at(3),
            stride,
            at(4),
            at(5),
          ),
        );
        const y = Array.from({ length: rows }, () => new Float64Array(items));
        for (const [u, i, value] of entries) y[u][i] = Math.fround(value);
        const expected = new Float64Array(panelLength + 1).fill(7);
        for (let c = from; c < from + width; c++) {
          for (let r = from; r < items; r++) {
            let sum = 0;
            for (let u = 0; u < rows; u++)
              for (let v = 0; v < rows; v++) sum -= y[u][c] * middle[u * stride + v] * y[v][r];
            expected[(r - from) * width + (c - from)] = sum;
          }
        }
        closeTo(new Float32Array(plain, at(5), panelLength + 1), expected, 2e-4);
        closeTo(new Float32Array(quick, at(5), panelLength + 1), expected, 2e-4);
      }),
      { numRuns: 60 },
    );
  });
});

/** A random symmetric positive definite matrix, row-major. */
function positiveDefinite(size: number, seed: number): Float64Array {
  const uniform = random(seed);
  const m = Float64Array.from({ length: size * size }, () => uniform() - 0.5);
  const a = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < size; k++) a[i * size + j] += m[i * size + k] * m[j * size + k];
      if (i === j) a[i * size + j] += 0.5;
    }
  }
  return a;
}

describe('choleskyBlock() and invertLowerBlock()', () => {
  it('agree with their references; L·Lᵀ gives the block back and X·L the identity', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer(), (size, seed) => {
        const a = positiveDefinite(size, seed);
        const prepare = (buffer: ArrayBufferLike) =>
          new Float64Array(buffer, 0, size * size).set(a);
        const { plain, quick, results } = both(prepare, (k) => {
          const failed = k.choleskyBlock(0, size);
          k.invertLowerBlock(0, size, 1 << 20);
          return failed;
        });
        expect(results).toEqual([0, 0]);
        const l = new Float64Array(quick, 0, size * size);
        const x = new Float64Array(quick, 1 << 20, size * size);
        closeTo(l, new Float64Array(plain, 0, size * size), 1e-10);
        closeTo(x, new Float64Array(plain, 1 << 20, size * size), 1e-8);
        const rebuilt = new Float64Array(size * size);
        const identity = new Float64Array(size * size);
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            for (let k = 0; k < size; k++) {
              rebuilt[i * size + j] += l[i * size + k] * l[j * size + k];
              identity[i * size + j] += x[i * size + k] * l[k * size + j];
            }
          }
          identity[i * size + i] -= 1;
        }
        closeTo(rebuilt, a, 5e-10);
        closeTo(identity, new Float64Array(size * size), 5e-9);
      }),
      { numRuns: 60 },
    );
  });

  it('choleskyBlock() names the row whose pivot is not positive', () => {
    const prepare = (buffer: ArrayBufferLike) =>
      new Float64Array(buffer, 0, 9).set([4, 0, 0, 2, 1, 0, 0, 0, 5]);
    expect(both(prepare, (k) => k.choleskyBlock(0, 3)).results).toEqual([2, 2]);
    const nan = (buffer: ArrayBufferLike) => new Float64Array(buffer, 0, 1).set([Number.NaN]);
    expect(both(nan, (k) => k.choleskyBlock(0, 1)).results).toEqual([1, 1]);
  });
});

describe('strongestColumns()', () => {
  it('agrees with its reference, ties and zeros included', () => {
    const shape = fc.record({
      items: fc.integer({ min: 1, max: 60 }),
      k: fc.integer({ min: 1, max: 20 }),
      seed: fc.integer(),
      coarse: fc.boolean(),
      cut: fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
    });
    fc.assert(
      fc.property(shape, ({ items, k, seed, coarse, cut }) => {
        const from = Math.floor(cut[0] * (items - 1));
        const width = 1 + Math.floor(cut[1] * (items - from - 1));
        const uniform = random(seed);
        const draw = () => (coarse ? Math.floor(uniform() * 5) - 2 : uniform() - 0.5);
        const panel = Float32Array.from({ length: (items - from) * width }, draw);
        const left = Float32Array.from({ length: width * from }, draw);
        const scale = Float32Array.from({ length: items }, () => (coarse ? 1 : uniform()));
        const limits = Uint32Array.from({ length: width }, () => Math.floor(uniform() * (k + 1)));
        const at = {
          panel: 0,
          left: 1 << 18,
          scale: 1 << 19,
          indices: 1 << 20,
          values: (1 << 20) + (1 << 18),
          counts: 1 << 21,
          limits: (1 << 21) + (1 << 18),
          scratch: 3 << 20,
        };
        const prepare = (buffer: ArrayBufferLike) => {
          new Float32Array(buffer, at.panel, panel.length).set(panel);
          new Float32Array(buffer, at.left, left.length).set(left);
          new Float32Array(buffer, at.scale, items).set(scale);
          new Uint32Array(buffer, at.limits, width).set(limits);
        };
        const { plain, quick } = both(prepare, (kernels) =>
          kernels.strongestColumns(
            at.panel,
            at.left,
            at.scale,
            items,
            from,
            from + width,
            at.limits,
            k,
            at.indices,
            at.values,
            at.counts,
            at.scratch,
          ),
        );
        const counts = [...new Uint32Array(plain, at.counts, width)];
        expect([...new Uint32Array(quick, at.counts, width)]).toEqual(counts);
        const read = (buffer: ArrayBufferLike) =>
          counts.map((count, c) => [
            [...new Uint32Array(buffer, at.indices + c * k * 4, count)],
            [...new Float32Array(buffer, at.values + c * k * 4, count)],
          ]);
        expect(read(quick)).toEqual(read(plain));
      }),
      { numRuns: 100 },
    );
  });
});

describe('multiplyStrips()', () => {
  it('agrees with its reference, and adds to what is there', () => {
    const strips = fc.integer({ min: 1, max: 5 });
    const depths = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(strips, strips, depths, fc.integer(), (aStrips, bStrips, depth, seed) => {
        const lengths = [4 * aStrips * depth, 8 * bStrips * depth, 4 * aStrips * 8 * bStrips];
        const at = (array: number) => array << 20;
        const prepare = (buffer: ArrayBufferLike) => {
          const uniform = random(seed);
          for (const [array, length] of lengths.entries()) {
            const values = new Float32Array(buffer, at(array), length);
            for (let i = 0; i < length; i++) values[i] = uniform() - 0.5;
          }
        };
        const { plain, quick } = both(prepare, (k) =>
          k.multiplyStrips(at(0), at(1), at(2), aStrips, bStrips, depth),
        );
        const sums = (buffer: ArrayBufferLike) => new Float32Array(buffer, at(2), lengths[2]);
        closeTo(sums(quick), sums(plain), 1e-5);
      }),
      { numRuns: 40 },
    );
  });
});
