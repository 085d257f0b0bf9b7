/**
 * The kernels of the embedding network (model/embedding-network.ts). Pointers are byte offsets into one memory.
 *
 * People and titles stand in one table, people first; a training row is a pair of table rows. A table row is p, its
 * Adam moments m and its variances v side by side (3 · dimension f32): they are always needed together.
 * A batch names its distinct table rows once: `rows` (u32) lists them, and everything of the batch is indexed by the
 * position in that list. `dimension` is a multiple of 16.
 */
export interface EmbeddingKernels {
  /**
   * Makes the rows `rows[from…to)` ready for step `step`: what Adam did to them in the steps they were not named in is
   * made up for, and their unit vectors are written out. With s = last[row] and k = step − 1 − s missed steps:
   *
   *   p −= drift[s] · m / (√v + ε),  m ·= momentDecay[k],  v ·= varianceDecay[k],  last[row] = step − 1
   *   inverseNorms[r] = 1 / √max(p·p, 10⁻¹²),  units[r] = p · inverseNorms[r]
   *
   * last is u32 a table row; drift, momentDecay and varianceDecay f32 a step; units f32 × dimension and inverseNorms
   * f32, by position in `rows`.
   */
  gatherRows(
    rows: number,
    from: number,
    to: number,
    table: number,
    last: number,
    drift: number,
    momentDecay: number,
    varianceDecay: number,
    step: number,
    dimension: number,
    units: number,
    inverseNorms: number,
  ): void;

  /** cosines[n] = units[left[n]] · units[right[n]] for the pairs n of [from, to); left and right u32, cosines f32. */
  pairCosines(
    left: number,
    right: number,
    from: number,
    to: number,
    units: number,
    dimension: number,
    cosines: number,
  ): void;

  /**
   * One step of the head on a batch of `count` cosines c with targets t (f32):
   *
   *   z = w·c + b,  ẑ = (z − mean z) / √(variance z + 10⁻³),  a = sigmoid(γ·ẑ + β),
   *   loss = mean of −t·ln a − (1 − t)·ln(1 − a)
   *
   * Writes a to predictions and ∂loss/∂c to slopes (f32), then takes one step of Adam at `rate` (bias corrected).
   * head, f32: w b γ β | moving mean and variance of z | Adam's moments of w b γ β | its variances of w b γ β.
   */
  headStep(
    cosines: number,
    targets: number,
    count: number,
    head: number,
    rate: number,
    predictions: number,
    slopes: number,
  ): void;

  /**
   * The gradient of the positions [from, to) of `rows` and one step of Adam each, at `rate` (bias corrected). The
   * pairs of position r are pairs[indptr[r]…indptr[r+1]), their other sides others[…] (both u32). With slopes ∂loss/∂c:
   *
   *   g = (Σ slope·unit(other) − (Σ slope·c)·unit(r)) · inverseNorms[r] + 2·l2·p
   *   m = .9·m + .1·g,  v = .999·v + .001·g²,  p −= rate · m / (√v + ε),  last[row] = step
   */
  adamRows(
    rows: number,
    indptr: number,
    pairs: number,
    others: number,
    from: number,
    to: number,
    cosines: number,
    slopes: number,
    units: number,
    inverseNorms: number,
    table: number,
    last: number,
    step: number,
    rate: number,
    l2: number,
    dimension: number,
  ): void;

  /** out[n] = table[rows[n]] · vector for n < count, table rows × dimension; rows u32, the rest f32. */
  rowProducts(
    table: number,
    rows: number,
    count: number,
    dimension: number,
    vector: number,
    out: number,
  ): void;

  /** out = Σ_n weights[n] · table[rows[n]] over n < count; rows u32, the rest f32. */
  weightedRowSum(
    table: number,
    rows: number,
    count: number,
    dimension: number,
    weights: number,
    out: number,
  ): void;
}

/** Adam's constants, Keras' defaults. assembly/embedding.ts has the same. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
/** Batch normalisation's constants, Keras' defaults. assembly/embedding.ts has the same. */
export const NORMALIZATION = { momentum: 0.99, epsilon: 1e-3 } as const;
/** Floats of the head: w b γ β, moving mean and variance, Adam's moments and variances. */
export const HEAD_LENGTH = 14;
/** The dimension is a multiple of this. */
export const DIMENSION_STEP = 16;
