/** The kernels on dense factors against their references. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { random } from '../../../../src/data/random.ts';
import { instantiateKernels, type KernelInstance } from '../../../../src/linalg/wasm/instance.ts';
import type { Kernels } from '../../../../src/linalg/wasm/kernels.ts';
import { referenceKernels } from '../../../../src/linalg/wasm/reference.ts';

const BYTES = 1 << 18;
const at = (slot: number) => 64 + slot * 20_480;
let fast: KernelInstance;

beforeAll(async () => {
  fast = instantiateKernels(BYTES);
});

type Data = Uint32Array | Float32Array;

/** Runs the same call on both twins, `inputs[slot]` placed at its slot; reads `length` f32 of a slot from both. */
function both(inputs: readonly Data[], call: (kernels: Kernels) => void) {
  const plain = new ArrayBuffer(BYTES);
  const quick = fast.memory.buffer;
  for (const buffer of [plain, quick]) {
    new Uint8Array(buffer, 0, BYTES).fill(0);
    for (const [slot, data] of inputs.entries())
      new Uint8Array(buffer, at(slot)).set(new Uint8Array(data.buffer, 0, data.byteLength));
  }
  call(referenceKernels({ buffer: plain }));
  call(fast.kernels);
  return (slot: number, length: number) =>
    [plain, quick].map((buffer) => new Float32Array(buffer.slice(at(slot), at(slot) + 4 * length)));
}

function drawn(length: number, seed: number, from = -1): Float32Array {
  const uniform = random(seed);
  return Float32Array.from({ length }, () => from + uniform() * (1 - from));
}

function expectClose([plain, quick]: Float32Array[], tolerance: number): void {
  let worst = 0;
  for (let k = 0; k < plain.length; k++) worst = Math.max(worst, Math.abs(plain[k] - quick[k]));
  expect(worst).toBeLessThanOrEqual(tolerance);
}

function lowerTriangle(matrix: Float32Array, width: number): Float32Array {
  return matrix.filter((_, k) => k % width <= Math.floor(k / width));
}

const widths = fc.integer({ min: 1, max: 6 }).map((eighths) => 8 * eighths);
const shape = fc.record({
  width: widths,
  rows: fc.integer({ min: 1, max: 90 }),
  seed: fc.integer(),
  cut: fc.integer({ min: 0, max: 100 }),
});

describe('factorGram()', () => {
  it('agrees with its reference on any range of rows', () => {
    fc.assert(
      fc.property(shape, ({ width, rows, seed, cut }) => {
        const from = cut % rows;
        const read = both([drawn(rows * width, seed)], (k) =>
          k.factorGram(at(0), from, rows, width, at(1)),
        );
        const parts = read(1, width * width).map((matrix) => lowerTriangle(matrix, width));
        expectClose(parts, 1e-4);
      }),
    );
  });
});

describe('addOuterRows()', () => {
  it('agrees with its reference, and adds to what is there', () => {
    fc.assert(
      fc.property(shape, ({ width, rows, seed, cut }) => {
        const uniform = random(seed);
        const items = Uint32Array.from({ length: cut }, () => Math.floor(uniform() * rows));
        const inputs = [
          drawn(rows * width, seed),
          items,
          drawn(cut, seed + 1, 0),
          drawn(width * width, seed + 2),
          drawn(width, seed + 3),
        ];
        const read = both(inputs, (k) =>
          k.addOuterRows(at(0), width, at(1), at(2), cut, at(3), at(4), at(5)),
        );
        const parts = read(3, width * width).map((matrix) => lowerTriangle(matrix, width));
        expectClose(parts, 1e-4);
        expectClose(read(4, width), 1e-4);
      }),
    );
  });
});

describe('rotateRows()', () => {
  it('agrees with its reference and leaves other rows alone', () => {
    fc.assert(
      fc.property(shape, ({ width, rows, seed, cut }) => {
        const from = cut % rows;
        const factors = drawn(rows * width, seed);
        const read = both([factors, drawn(width * width, seed + 1)], (k) =>
          k.rotateRows(at(0), from, rows - (cut % 2), width, at(1), at(2)),
        );
        expectClose(read(0, rows * width), 1e-4);
        expect(read(0, from * width)[1]).toEqual(factors.slice(0, from * width));
      }),
    );
  });
});

describe('dotRows()', () => {
  it('agrees with its reference', () => {
    fc.assert(
      fc.property(shape, ({ width, rows, seed }) => {
        const read = both([drawn(rows * width, seed), drawn(width, seed + 1)], (k) =>
          k.dotRows(at(0), rows, width, at(1), at(2)),
        );
        expectClose(read(2, rows), 1e-4);
      }),
    );
  });
});

describe('solveRows()', () => {
  const cases = fc.record({
    width: widths,
    rows: fc.integer({ min: 1, max: 12 }),
    others: fc.integer({ min: 1, max: 40 }),
    density: fc.double({ min: 0, max: 1, noNaN: true }),
    steps: fc.integer({ min: 1, max: 5 }),
    seed: fc.integer(),
  });
  it('agrees with its reference, rows without entries included', () => {
    fc.assert(
      fc.property(cases, ({ width, rows, others, density, steps, seed }) => {
        const uniform = random(seed);
        const indptr = new Uint32Array(rows + 1);
        const indices: number[] = [];
        for (let r = 0; r < rows; r++) {
          for (let other = 0; other < others; other++) if (uniform() < density) indices.push(other);
          indptr[r + 1] = indices.length;
        }
        const inputs = [
          indptr,
          Uint32Array.from(indices),
          drawn(indices.length, seed + 1, 0.1),
          drawn(rows, seed + 2, 0.5),
          drawn(others * width, seed + 3),
          drawn(width, seed + 4, 0),
          drawn(width, seed + 5, 0),
          drawn(rows * width, seed + 6),
        ];
        const read = both(inputs, (k) =>
          k.solveRows(
            ...([at(0), at(1), at(2), at(3), 0, rows, at(4), width] as const),
            ...([at(5), at(6), steps, at(7), at(8)] as const),
          ),
        );
        expectClose(read(7, rows * width), 2e-3);
        const empty = indptr.findIndex((start, r) => r < rows && start === indptr[r + 1]);
        if (empty >= 0)
          expect(read(7, rows * width)[1].subarray(empty * width, (empty + 1) * width)).toEqual(
            new Float32Array(width),
          );
      }),
    );
  });
});
