/** Compressed sparse rows: the non-zero entries of a matrix, row by row. */

/** Row r holds the entries [indptr[r], indptr[r + 1]) of `indices` (columns, ascending within a row) and `values`. */
export interface Csr {
  readonly rows: number;
  readonly columns: number;
  /** length rows + 1; 32-bit, so at most 4.29 billion entries */
  readonly indptr: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

/** The transpose, by a counting sort in O(entries + rows + columns); columns stay ascending. */
export function transpose(
  matrix: Omit<Csr, 'indices'> & { readonly indices: Uint16Array | Uint32Array },
): Csr {
  const { rows, columns, indptr, indices, values } = matrix;
  const outIndptr = new Uint32Array(columns + 1);
  const entries = indptr[rows];
  for (let p = 0; p < entries; p++) outIndptr[indices[p] + 1]++;
  for (let c = 0; c < columns; c++) outIndptr[c + 1] += outIndptr[c];
  const next = outIndptr.slice(0, columns);
  const outIndices = new Uint32Array(entries);
  const outValues = new Float32Array(entries);
  for (let r = 0; r < rows; r++) {
    for (let p = indptr[r]; p < indptr[r + 1]; p++) {
      const at = next[indices[p]]++;
      outIndices[at] = r;
      outValues[at] = values[p];
    }
  }
  return {
    rows: columns,
    columns: rows,
    indptr: outIndptr,
    indices: outIndices,
    values: outValues,
  };
}

/** What is wrong with a matrix (its rows must ascend, name its columns and hold finite numbers), or null. */
export function faultOf({ rows, columns, indptr, indices, values }: Csr): string | null {
  if (!Number.isInteger(columns) || columns < 0) return `it has ${columns} columns`;
  if (rows < 0 || indptr.length !== rows + 1 || indptr[0] !== 0)
    return `indptr has ${indptr.length} entries from ${indptr[0]}, expected ${rows + 1} from 0`;
  if (indptr[rows] !== indices.length || indices.length !== values.length)
    return `${indptr[rows]} entries are announced, ${indices.length} indices and ${values.length} values found`;
  for (let r = 0; r < rows; r++) {
    if (indptr[r] > indptr[r + 1]) return `row ${r} ends before it begins`;
    for (let q = indptr[r]; q < indptr[r + 1]; q++) {
      if (indices[q] >= columns) return `row ${r} names column ${indices[q]} of ${columns}`;
      if (q > indptr[r] && indices[q] <= indices[q - 1]) return `row ${r} does not ascend`;
      if (!Number.isFinite(values[q])) return `row ${r} has the value ${values[q]}`;
    }
  }
  return null;
}
