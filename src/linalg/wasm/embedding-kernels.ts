/**
 * The kernels of the embedding network (model/embedding/network.ts). Pointers are byte offsets into one memory.
 *
 * Users and titles share one table, users first; a training row is a pair of table rows. A table row is the vector
 * p and, for Adam, its last move and its deviations side by side (3 · dimension f32): with Adam's moments m and variances
 * v, move = m / (√v + ε) and deviation = √v. A batch that does not name a row leaves its m and v to decay; after k such steps the row
 * is brought up to date without a root or a quotient: p −= drift · move, m·= β₁ᵏ, √v·= β₂^(k/2). `last` (u32 a table row) is the last step
 * of a row; drift, momentDecay = β₁ᵏ and deviationDecay = β₂^(k/2) are f32, by step s and by number of steps k.
 * A batch names its distinct table rows once: `rows` (u32) lists them, and everything of the batch is indexed by the
 * position in that list. `dimension` is a multiple of 16; arrays of a batch's pairs have room for a multiple of 4.
 */
export interface EmbeddingKernels {
  /**
   * Unit vectors of the rows `rows[from…to)`, brought up to date from their last step s = last[row]; changes no row:
   *
   *   x = p − drift[s] · move,  inverseNorms[r] = 1 / √max(x·x, 10⁻¹²),  units[r] = x · inverseNorms[r]
   *
   * units f32 × dimension and inverseNorms f32, by position in `rows`.
   */
  gatherRows(
    from: number,
    to: number,
    rows: number,
    table: number,
    last: number,
    drift: number,
    dimension: number,
    units: number,
    inverseNorms: number,
  ): void;

  /**
   * Brings the table rows [from, to) up to date with `step`: with s = last[row] and k = step − s,
   *
   *   p −= drift[s] · move,  m ·= momentDecay[k],  √v ·= deviationDecay[k],  last[row] = step
   */
  settleRows(
    from: number,
    to: number,
    table: number,
    last: number,
    drift: number,
    momentDecay: number,
    deviationDecay: number,
    step: number,
    dimension: number,
  ): void;

  /**
   * cosines[pair] = units[r] · units[other] for the pairs of the positions r of [from, to), in the form that adamRows takes: over all
   * users, each pair is computed once.
   */
  pairCosines(
    from: number,
    to: number,
    indptr: number,
    pairs: number,
    others: number,
    units: number,
    dimension: number,
    cosines: number,
  ): void;

  /**
   * One step of the head on a batch, the pairs [from, to), from their cosines c and targets t (f32):
   *
   *   z = w·c + b,  ẑ = (z − mean z) / √(variance z + 10⁻³),  a = sigmoid(γ·ẑ + β),
   *   loss = mean of −t·ln a − (1 − t)·ln(1 − a)
   *
   * Writes a to predictions and ∂loss/∂c to slopes (f32), then takes one step of Adam at `rate` (bias corrected).
   * head, f32: w b γ β | moving mean and variance of z | Adam's moments of w b γ β | its variances of w b γ β.
   */
  headStep(
    from: number,
    to: number,
    cosines: number,
    targets: number,
    head: number,
    rate: number,
    predictions: number,
    slopes: number,
  ): void;

  /**
   * Brings the positions [from, to) of `rows` up to date with step − 1 as settleRows does, then takes `step`: the gradient and
   * one step of Adam, at `rate` (bias corrected). The pairs of position r are pairs[indptr[r]…indptr[r+1]), their other
   * sides others[…] (both u32). With slopes ∂loss/∂c:
   *
   *   g = (Σ slope·unit(other) − (Σ slope·c)·unit(r)) · inverseNorms[r] + 2·l2·p
   *   m = .9·m + .1·g,  v = .999·v + .001·g²,  p −= rate · m / (√v + ε),  last[row] = step
   */
  adamRows(
    from: number,
    to: number,
    rows: number,
    indptr: number,
    pairs: number,
    others: number,
    cosines: number,
    slopes: number,
    units: number,
    inverseNorms: number,
    table: number,
    last: number,
    drift: number,
    momentDecay: number,
    deviationDecay: number,
    step: number,
    rate: number,
    l2: number,
    dimension: number,
  ): void;

  /**
   * Adds to the drift of rows whose last step s is in [from, to) what `step`, taken at `rate` (bias corrected), adds:
   * with k = step − s,
   *
   *   drift[s] += rate · momentDecay[k] / deviationDecay[k]
   */
  carryDrift(
    from: number,
    to: number,
    drift: number,
    momentDecay: number,
    deviationDecay: number,
    step: number,
    rate: number,
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

/** Adam's constants, Keras' defaults. assembly/embedding.ts and head.ts have the same. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
/** Batch normalisation's constants, Keras' defaults. assembly/head.ts has the same. */
export const NORMALIZATION = { momentum: 0.99, epsilon: 1e-3 } as const;
/** Floats of the head: w b γ β, moving mean and variance, Adam's moments and variances. */
export const HEAD_LENGTH = 14;
/** The dimension is a multiple of this. */
export const DIMENSION_STEP = 16;
