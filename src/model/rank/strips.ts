/** Row-major matrices ↔ the kernels' strips of 8 columns, their rows a multiple of 8 (linalg/wasm/rank-kernels.ts). */
import { roundUp } from '../../linalg/wasm/rank-kernels.ts';

/** Rows behind the last one are 0. */
export function toStrips(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const stored = roundUp(rows, 8);
  const out = new Float32Array(stored * columns);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) out[place(r, c, stored)] = matrix[r * columns + c];
  return out;
}

export function fromStrips(strips: Float32Array, rows: number, columns: number): Float32Array {
  const stored = roundUp(rows, 8);
  const out = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) out[r * columns + c] = strips[place(r, c, stored)];
  return out;
}

function place(r: number, c: number, rows: number): number {
  return ((c >> 3) * rows + r) * 8 + (c & 7);
}
