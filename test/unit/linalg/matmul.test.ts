import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../../../src/data/random.ts';
import { Matmul, type Matrix, type ProductKind } from '../../../src/linalg/matmul.ts';

const KINDS: readonly ProductKind[] = [
  'plain',
  'transposedB',
  'subtractTransposedB',
  'negatedTransposedA',
];

function matrix(rows: number, columns: number, seed: number): Matrix {
  const uniform = random(seed);
  const data = new Float32Array(new SharedArrayBuffer(4 * rows * columns));
  for (let at = 0; at < data.length; at++) data[at] = uniform() - 0.5;
  return { data, rows, columns };
}

/** Shapes of A and B so that the product is rows × columns. */
function operands(kind: ProductKind, rows: number, inner: number, columns: number) {
  const a = kind === 'negatedTransposedA' ? matrix(inner, rows, 1) : matrix(rows, inner, 1);
  const bTransposed = kind === 'transposedB' || kind === 'subtractTransposedB';
  const b = bTransposed ? matrix(columns, inner, 2) : matrix(inner, columns, 2);
  return { a, b };
}

/** In float64, by the definition. */
function expected(kind: ProductKind, a: Matrix, b: Matrix, out: Matrix): Float64Array {
  const inner = kind === 'negatedTransposedA' ? a.rows : a.columns;
  return Float64Array.from(out.data, (before, at) => {
    const r = Math.floor(at / out.columns);
    const c = at % out.columns;
    let sum = 0;
    for (let k = 0; k < inner; k++) {
      const left = a.data[kind === 'negatedTransposedA' ? k * a.columns + r : r * a.columns + k];
      const right = kind.endsWith('B') ? b.data[c * b.columns + k] : b.data[k * b.columns + c];
      sum += left * right;
    }
    if (kind === 'subtractTransposedB') return before - sum;
    return kind === 'negatedTransposedA' ? -sum : sum;
  });
}

describe.each([
  ['ONNX Runtime', undefined],
  ['WebAssembly', 'wasm'],
] as const)('Matmul by %s', (_name, engine) => {
  it.each(KINDS)('multiplies as defined: %s', async (kind) => {
    const matmul = Matmul.create(1, engine);
    const extent = fc.integer({ min: 1, max: 40 });
    try {
      await fc.assert(
        fc.asyncProperty(extent, fc.integer({ min: 1, max: 300 }), extent, async (m, k, n) => {
          const { a, b } = operands(kind, m, k, n);
          const out = matrix(m, n, 3);
          const wanted = expected(kind, a, b, out);
          await matmul.run([[{ kind, a: { parts: [a] }, b: { parts: [b] }, out }]]);
          for (const [at, value] of wanted.entries()) expect(out.data[at]).toBeCloseTo(value, 4);
        }),
        { numRuns: 20 },
      );
    } finally {
      await matmul.close();
    }
  });

  it('takes parts side by side, and rows from one on', async () => {
    const matmul = Matmul.create(2, engine);
    const [left, right, b] = [matrix(6, 3, 4), matrix(6, 5, 5), matrix(9, 8, 6)];
    const out = matrix(4, 7, 7);
    const whole: Matrix = {
      rows: 4,
      columns: 8,
      data: Float32Array.from({ length: 32 }, (_, at) => {
        const [r, c] = [2 + Math.floor(at / 8), at % 8];
        return c < 3 ? left.data[3 * r + c] : right.data[5 * r + c - 3];
      }),
    };
    const last: Matrix = { rows: 7, columns: 8, data: b.data.subarray(16) };
    const wanted = expected('transposedB', whole, last, out);
    const a = { parts: [left, right], fromRow: 2 };
    await matmul.run([[{ kind: 'transposedB', a, b: { parts: [b], fromRow: 2 }, out }]]);
    for (const [at, value] of wanted.entries()) expect(out.data[at]).toBeCloseTo(value, 4);
    await matmul.close();
  });

  it('refuses shapes that disagree', async () => {
    const matmul = Matmul.create(1, engine);
    const [a, b, out] = [matrix(2, 3, 1), matrix(4, 2, 2), matrix(2, 2, 3)];
    await expect(
      matmul.run([[{ kind: 'plain', a: { parts: [a] }, b: { parts: [b] }, out }]]),
    ).rejects.toThrow(/A is 2 × 3, B 4 × 2/);
    await matmul.close();
  });
});
