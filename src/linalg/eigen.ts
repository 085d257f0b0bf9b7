/** A = Q·diag(λ)·Qᵀ of a small symmetric matrix, in float64. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { OsusumeError } from '../error.ts';

export interface Eigen {
  /** λ, descending */
  readonly values: Float64Array;
  /** Q, row-major: column c is the vector of values[c], of length 1 */
  readonly vectors: Float64Array;
}

/**
 * @param matrix row-major size × size; only its lower triangle is read
 * @throws OsusumeError when an entry is not finite
 */
export function symmetricEigen(matrix: ArrayLike<number>, size: number): Eigen {
  // The library refuses an empty matrix.
  if (size === 0) return { values: new Float64Array(), vectors: new Float64Array() };
  const a = new Matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const entry = matrix[i * size + j];
      if (!Number.isFinite(entry))
        throw new OsusumeError(
          `Factors cannot be decomposed: a sum over them is ${entry}. Are all weights finite?`,
        );
      a.set(i, j, entry);
      a.set(j, i, entry);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(a, {
    assumeSymmetric: true,
  });
  // The library sorts ascending.
  const values = Float64Array.from(realEigenvalues).reverse();
  const vectors = Float64Array.from({ length: size * size }, (_, at) =>
    eigenvectorMatrix.get(Math.floor(at / size), size - 1 - (at % size)),
  );
  return { values, vectors };
}
