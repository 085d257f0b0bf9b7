/** G = ZᵀZ of sparse rows, on worker threads: what every linear item-item model is made from. */
import { availableParallelism } from 'node:os';
import type { Csr } from '../data/csr.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';
import { type BlockSymmetricMatrix, PANEL_WIDTH } from './block-symmetric-matrix.ts';
import { KernelPool } from './wasm/pool.ts';

/** Rows of Z, e.g. people or content features; several sources are stacked. */
export interface RowSource {
  readonly rows: number;
  /** at most this many non-zero entries */
  readonly entries: number;
  /**
   * Writes row `row` from position `at` on: items ascending into `indices`, values into `values`.
   * @returns the position after the last entry written
   */
  fill(row: number, at: number, indices: Uint32Array, values: Float32Array): number;
}

/** A sparse matrix as such a source, row r times scaleOf(r). */
export function sourceOf(matrix: Csr, scaleOf: (row: number) => number = () => 1): RowSource {
  return {
    rows: matrix.rows,
    entries: matrix.values.length,
    fill(row, at, indices, values) {
      const scale = scaleOf(row);
      for (let p = matrix.indptr[row]; p < matrix.indptr[row + 1]; p++) {
        indices[at] = matrix.indices[p];
        values[at++] = matrix.values[p] * scale;
      }
      return at;
    },
  };
}

/** The rows of a source as a sparse matrix. */
export function collected(source: RowSource, columns: number): Csr {
  const indptr = new Uint32Array(source.rows + 1);
  const indices = new Uint32Array(source.entries);
  const values = new Float32Array(source.entries);
  for (let row = 0; row < source.rows; row++)
    indptr[row + 1] = source.fill(row, indptr[row], indices, values);
  const end = indptr[source.rows];
  return {
    rows: source.rows,
    columns,
    indptr,
    indices: indices.subarray(0, end),
    values: values.subarray(0, end),
  };
}

export interface GramOptions {
  readonly threads?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** add to what `gram` holds instead of overwriting it */
  readonly add?: boolean;
}

/** Columns that the kernel accumulates side by side. */
export const LANES = 16;

/** Writes G = ΣZ_sᵀZ_s, summed over all sources s, into `gram` (or adds it). */
export async function accumulateGram(
  sources: readonly RowSource[],
  gram: BlockSymmetricMatrix,
  options: GramOptions = {},
): Promise<void> {
  const { progress = NO_PROGRESS, add = false } = options;
  const items = gram.size;
  const rows = sources.reduce((sum, source) => sum + source.rows, 0);
  const entries = sources.reduce((sum, source) => sum + source.entries, 0);
  const perThread = 4 * (items * Math.min(PANEL_WIDTH, gram.width) + LANES * items) + 256;
  const shared = 4 * (rows + 1 + items + 1 + 4 * entries) + 1024;
  const cores = options.threads || availableParallelism();
  const pool = await KernelPool.create(shared + cores * perThread, {
    threads: cores,
    signal: options.signal,
  });
  try {
    const z = placeRows(pool, items, rows, entries, sources);
    const slots = Array.from({ length: pool.threads }, () => ({
      panel: pool.allocate(4 * items * gram.width),
      scratch: pool.allocate(4 * LANES * items),
    }));
    progress.step('accumulating item pairs', gram.count, 'panels');
    let done = 0;
    await pool.run(
      gram.count,
      (p, slot) => {
        const from = gram.from(p);
        const { panel, scratch } = slots[slot];
        return {
          kernel: 'gramPanel',
          args: [...z, items, from, from + gram.columns(p), panel, scratch, 0],
        };
      },
      (p, slot) => {
        const result = pool.f32(slots[slot].panel, gram.panels[p].length);
        if (add) addTo(gram.panels[p], result);
        else gram.panels[p].set(result);
        progress.update(++done);
      },
    );
  } finally {
    await pool.close();
  }
}

/** Z in the pool's memory, by row and by column: the first six arguments of gramPanel. */
export function placeRows(
  pool: KernelPool,
  items: number,
  rows: number,
  entries: number,
  sources: readonly RowSource[],
): number[] {
  const rowIndptr = pool.allocate(4 * (rows + 1));
  const rowIndices = pool.allocate(4 * entries);
  const rowValues = pool.allocate(4 * entries);
  const columnIndptr = pool.allocate(4 * (items + 1));
  const columnIndices = pool.allocate(4 * entries);
  const columnValues = pool.allocate(4 * entries);
  const byRow = {
    indptr: pool.u32(rowIndptr, rows + 1),
    indices: pool.u32(rowIndices, entries),
    values: pool.f32(rowValues, entries),
  };
  let row = 0;
  let at = 0;
  for (const source of sources) {
    for (let r = 0; r < source.rows; r++) {
      at = source.fill(r, at, byRow.indices, byRow.values);
      byRow.indptr[++row] = at;
    }
  }
  transposeInto(byRow, rows, items, {
    indptr: pool.u32(columnIndptr, items + 1),
    indices: pool.u32(columnIndices, entries),
    values: pool.f32(columnValues, entries),
  });
  return [rowIndptr, rowIndices, rowValues, columnIndptr, columnIndices, columnValues];
}

interface Sparse {
  readonly indptr: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

/** Counting sort by column; `columns.indptr` is zero at the start. */
function transposeInto(byRow: Sparse, rows: number, items: number, columns: Sparse): void {
  const { indptr, indices, values } = byRow;
  const entries = indptr[rows];
  for (let p = 0; p < entries; p++) columns.indptr[indices[p] + 1]++;
  for (let i = 0; i < items; i++) columns.indptr[i + 1] += columns.indptr[i];
  const next = columns.indptr.slice(0, items);
  for (let r = 0; r < rows; r++) {
    for (let p = indptr[r]; p < indptr[r + 1]; p++) {
      const to = next[indices[p]]++;
      columns.indices[to] = r;
      columns.values[to] = values[p];
    }
  }
}

function addTo(target: Float32Array, values: Float32Array): void {
  for (let i = 0; i < target.length; i++) target[i] += values[i];
}
