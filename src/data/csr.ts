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
export function transpose(matrix: Csr): Csr {
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
