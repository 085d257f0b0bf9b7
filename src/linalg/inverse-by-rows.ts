/**
 * The inverse of D + YᵀY by way of Y's rows, where those are fewer than its columns, e.g. people than titles
 * (Woodbury's identity):
 *
 *   P = D⁻¹ − ŶᵀK⁻¹Ŷ,   Ŷ = YD⁻¹,   K = I + YD⁻¹Yᵀ
 *
 * For m rows and n columns K⁻¹ takes m³ operations instead of n³, and what stands around it is as sparse as Y:
 * entries · (m + n/2) multiplications.
 */
import { type Csr, transpose } from '../data/csr.ts';
import { NO_PROGRESS } from '../progress.ts';
import { BlockSymmetricMatrix } from './block-symmetric-matrix.ts';
import { accumulateGram, collected, type GramOptions, LANES, sourceOf } from './gram.ts';
import { invert } from './inverse.ts';
import { Arena } from './wasm/arena.ts';
import { KernelPool, threadCount } from './wasm/pool.ts';

/** As long as one multiplication around K⁻¹ takes, a dense inverse does about this many operations. */
const SPARSE_COST = 20;
/** Bytes of the 4 GiB of a kernel's memory that K⁻¹ may take. */
const MOST_MIDDLE = 3.5 * 1024 ** 3;

/** Whether this is the faster way to the inverse, and has room. */
export function isFasterByRows(rows: number, columns: number, entries: number): boolean {
  const work = rows ** 3 + SPARSE_COST * entries * (rows + columns / 2);
  return work < columns ** 3 && 4 * rows * strideOf(rows) < MOST_MIDDLE;
}

/**
 * Writes (D + YᵀY)⁻¹ into `out`.
 * @param rows Y
 * @param diagonal D, a positive number for each column of Y
 */
export async function invertByRows(
  rows: Csr,
  diagonal: Float32Array,
  out: BlockSymmetricMatrix,
  options: Omit<GramOptions, 'add'> = {},
): Promise<void> {
  const y = transpose(rows);
  const k = new BlockSymmetricMatrix(rows.rows);
  const root = (column: number) => 1 / Math.sqrt(diagonal[column]);
  await accumulateGram([sourceOf(y, root)], k, options);
  for (let u = 0; u < k.size; u++) k.set(u, u, k.get(u, u) + 1);
  await invert(k, options);
  const scaled = collected(
    sourceOf(y, (column) => 1 / diagonal[column]),
    y.columns,
  );
  await surround(k, scaled, out, options);
  for (let c = 0; c < out.size; c++) out.set(c, c, out.get(c, c) + 1 / diagonal[c]);
}

/** out = −ŶᵀMŶ, panel by panel. `y` is Ŷᵀ: a row for each column of Ŷ. */
async function surround(
  middle: BlockSymmetricMatrix,
  y: Csr,
  out: BlockSymmetricMatrix,
  { threads = 0, signal, progress = NO_PROGRESS }: Omit<GramOptions, 'add'>,
): Promise<void> {
  const { size } = middle;
  const items = out.size;
  const stride = strideOf(size);
  const arena = new Arena();
  const { indptr, indices, values, dense } = arena.allocateAll({
    indptr: y.indptr.byteLength,
    indices: y.indices.byteLength,
    values: y.values.byteLength,
    dense: 4 * size * stride,
  });
  const slots = Array.from({ length: threadCount(threads) }, () =>
    arena.allocateAll({ scratch: 4 * (LANES + 1) * stride, panel: 4 * items * out.width }),
  );
  const pool = await KernelPool.create(arena, { threads, signal });
  try {
    pool.u32(indptr, y.indptr.length).set(y.indptr);
    pool.u32(indices, y.indices.length).set(y.indices);
    pool.f32(values, y.values.length).set(y.values);
    unpack(middle, pool.f32(dense, size * stride), stride);
    progress.step('from rows to item pairs', out.count, 'panels');
    let done = 0;
    await pool.run(
      out.count,
      (p, slot) => {
        const from = out.from(p);
        const { scratch, panel } = slots[slot];
        const args = [items, from, from + out.columns(p), dense, stride, scratch, panel];
        return { kernel: 'sandwichPanel', args: [indptr, indices, values, ...args] };
      },
      (p, slot) => {
        out.panels[p].set(pool.f32(slots[slot].panel, out.panels[p].length));
        progress.update(++done);
      },
    );
  } finally {
    await pool.close();
  }
}

/** Whole cache lines. */
function strideOf(rows: number): number {
  return Math.ceil(rows / LANES) * LANES;
}

/** Both triangles, row by row. */
function unpack(matrix: BlockSymmetricMatrix, out: Float32Array, stride: number): void {
  for (const [p, panel] of matrix.panels.entries()) {
    const from = matrix.from(p);
    const columns = matrix.columns(p);
    for (let first = from; first < matrix.size; first += LANES) {
      const end = Math.min(matrix.size, first + LANES);
      for (let r = first; r < end; r++)
        out.set(panel.subarray((r - from) * columns, (r - from + 1) * columns), r * stride + from);
      // A cache line of the other triangle at a time.
      for (let c = 0; c < columns; c++)
        for (let r = Math.max(first, from + c); r < end; r++)
          out[(from + c) * stride + r] = panel[(r - from) * columns + c];
    }
  }
}
