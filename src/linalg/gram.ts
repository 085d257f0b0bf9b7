/** G = ZᵀZ of sparse rows, on worker threads: what every linear item-item model is made from. */
import type { Csr } from '../data/csr.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';
import type { BlockSymmetricMatrix } from './block-symmetric-matrix.ts';
import { Arena } from './wasm/arena.ts';
import { KernelPool, threadCount } from './wasm/pool.ts';

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
  const arena = new Arena();
  const z = placeRows(arena, sources, items);
  const slots = Array.from({ length: threadCount(options.threads) }, () =>
    arena.allocateAll({ panel: 4 * items * gram.width, scratch: 4 * LANES * items }),
  );
  const pool = await KernelPool.create(arena, options);
  try {
    fillRows(pool, z, sources, items);
    progress.step('accumulating item pairs', gram.count, 'panels');
    let done = 0;
    await pool.run(
      gram.count,
      (p, slot) => {
        const from = gram.from(p);
        const { panel, scratch } = slots[slot];
        return {
          kernel: 'gramPanel',
          args: [...z.byRow, ...z.byColumn, items, from, from + gram.columns(p), panel, scratch, 0],
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

/** Z in the kernels' memory, by row and by column: pointers to indptr, indices and values of each. */
export interface PlacedRows {
  readonly byRow: readonly [number, number, number];
  readonly byColumn: readonly [number, number, number];
}

/** @param items columns of Z */
export function placeRows(arena: Arena, sources: readonly RowSource[], items: number): PlacedRows {
  const { rows, entries } = sizeOf(sources);
  const place = (count: number): PlacedRows['byRow'] => [
    arena.allocate(4 * (count + 1)),
    arena.allocate(4 * entries),
    arena.allocate(4 * entries),
  ];
  return { byRow: place(rows), byColumn: place(items) };
}

/** Writes the rows of all sources to where they were placed. */
export function fillRows(
  pool: KernelPool,
  placed: PlacedRows,
  sources: readonly RowSource[],
  items: number,
): void {
  const { rows, entries } = sizeOf(sources);
  const at = ([indptr, indices, values]: PlacedRows['byRow'], count: number): Sparse => ({
    indptr: pool.u32(indptr, count + 1),
    indices: pool.u32(indices, entries),
    values: pool.f32(values, entries),
  });
  const byRow = at(placed.byRow, rows);
  let row = 0;
  let end = 0;
  for (const source of sources) {
    for (let r = 0; r < source.rows; r++) {
      end = source.fill(r, end, byRow.indices, byRow.values);
      byRow.indptr[++row] = end;
    }
  }
  transposeInto(byRow, rows, items, at(placed.byColumn, items));
}

function sizeOf(sources: readonly RowSource[]): { rows: number; entries: number } {
  return {
    rows: sources.reduce((sum, source) => sum + source.rows, 0),
    entries: sources.reduce((sum, source) => sum + source.entries, 0),
  };
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
