/** A sparse matrix in the kernels' memory. */
import type { Csr } from '../data/csr.ts';

/** Columns up to this are named by 16 bits. */
export const SHORT = 65_536;

export type PlacedCsr = Omit<Csr, 'indices'> & { readonly indices: Uint16Array | Uint32Array };

/** Entries of the longest row. */
export function longestRow({ indptr }: Pick<Csr, 'indptr'>): number {
  let most = 0;
  for (let row = 0; row + 1 < indptr.length; row++)
    most = Math.max(most, indptr[row + 1] - indptr[row]);
  return most;
}
