import type { Csr } from '../../src/data/csr.ts';
import { random } from '../../src/data/random.ts';

/** A random square matrix without a diagonal, values between −0.5 and 1. */
export function randomCsr(size: number, density: number, seed: number): Csr {
  const uniform = random(seed);
  const indptr = new Uint32Array(size + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) {
      if (r === c || uniform() >= density) continue;
      indices.push(c);
      values.push(uniform() * 1.5 - 0.5);
    }
    indptr[r + 1] = indices.length;
  }
  return {
    rows: size,
    columns: size,
    indptr,
    indices: Uint32Array.from(indices),
    values: Float32Array.from(values),
  };
}
