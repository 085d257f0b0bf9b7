/** The strongest entries of every column of a symmetric matrix, on worker threads. */
import type { Csr } from '../data/csr.ts';
import type { BlockSymmetricMatrix } from './block-symmetric-matrix.ts';
import { LANES } from './gram.ts';
import { Arena } from './wasm/arena.ts';
import { KernelPool, threadCount } from './wasm/pool.ts';

export interface StrongestOptions {
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** S[r,c] counts as S[r,c] · scale[r]; default: 1 */
  readonly scale?: Float32Array;
}

/**
 * For every column c the limits[c] rows r ≠ c with the largest |S[r,c] · scale[r]|, zeros left out.
 * @param limits one a column, or one for all
 * @returns row c of the result holds column c: indices are r, values S[r,c] · scale[r]
 */
export async function strongestOfColumns(
  matrix: BlockSymmetricMatrix,
  limits: Uint32Array | number,
  options: StrongestOptions = {},
): Promise<Csr> {
  const items = matrix.size;
  const limitOf = typeof limits === 'number' ? new Uint32Array(items).fill(limits) : limits;
  const most = Math.min(
    items,
    limitOf.reduce((a, b) => Math.max(a, b), 0),
  );
  const { width } = matrix;
  const arena = new Arena();
  const scale = arena.allocate(4 * items);
  const slots = Array.from({ length: threadCount(options.threads) }, () =>
    arena.allocateAll({
      panel: 4 * items * width,
      left: 4 * items * width,
      limits: 4 * width,
      indices: 4 * width * most,
      values: 4 * width * most,
      counts: 4 * width,
      scratch: 4 * (LANES * items + most),
    }),
  );
  const pool = await KernelPool.create(arena, options);
  try {
    pool.f32(scale, items).set(options.scale ?? new Float32Array(items).fill(1));
    const found: Found[] = new Array(matrix.count);
    await pool.run(
      matrix.count,
      (p, slot) => {
        const { panel, left, limits, indices, values, counts, scratch } = slots[slot];
        pool.f32(panel, matrix.panels[p].length).set(matrix.panels[p]);
        gatherLeft(matrix, p, pool.f32(left, matrix.columns(p) * matrix.from(p)));
        const to = matrix.from(p) + matrix.columns(p);
        const within = limitOf.subarray(matrix.from(p), to).map((limit) => Math.min(limit, most));
        pool.u32(limits, within.length).set(within);
        return {
          kernel: 'strongestColumns',
          args: [
            panel,
            left,
            scale,
            items,
            matrix.from(p),
            to,
            limits,
            most,
            indices,
            values,
            counts,
            scratch,
          ],
        };
      },
      (p, slot) => {
        const columns = matrix.columns(p);
        const { indices, values, counts } = slots[slot];
        found[p] = {
          counts: pool.u32(counts, columns).slice(),
          indices: pool.u32(indices, columns * most).slice(),
          values: pool.f32(values, columns * most).slice(),
        };
      },
    );
    return concatenate(found, items, most);
  } finally {
    await pool.close();
  }
}

interface Found {
  readonly counts: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

/** Rows of panel p left of its diagonal block: columns × from, row-major. */
function gatherLeft(matrix: BlockSymmetricMatrix, p: number, out: Float32Array): void {
  const from = matrix.from(p);
  for (let j = 0; j < p; j++) {
    const tile = matrix.rows(j, from, from + matrix.columns(p));
    const { width } = matrix;
    for (let r = 0; r < matrix.columns(p); r++)
      out.set(tile.subarray(r * width, (r + 1) * width), r * from + matrix.from(j));
  }
}

function concatenate(found: readonly Found[], items: number, most: number): Csr {
  const total = found.reduce((sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0), 0);
  const indptr = new Uint32Array(items + 1);
  const indices = new Uint32Array(total);
  const values = new Float32Array(total);
  let row = 0;
  let at = 0;
  for (const part of found) {
    for (let c = 0; c < part.counts.length; c++) {
      const count = part.counts[c];
      indices.set(part.indices.subarray(c * most, c * most + count), at);
      values.set(part.values.subarray(c * most, c * most + count), at);
      at += count;
      indptr[++row] = at;
    }
  }
  return { rows: items, columns: items, indptr, indices, values };
}
