/**
 * The kernels of the ranking network (model/rank/network.ts). Pointers are byte offsets into one memory.
 *
 * A matrix of R rows and C columns stands in strips of 8 columns, one strip after the other: the entry of row r and
 * column c is float (⌊c/8⌋·R + r)·8 + c mod 8. Rows are a multiple of 4, columns a multiple of 8.
 */
export interface RankKernels {
  /**
   * Features of `count` candidates (f32, row-major, `width` each) → a matrix of `rows` ≥ count rows:
   *
   *   out[r, c] = min(5, max(−5, (features[r, c] − means[c]) · scales[c]))
   *
   * and 0 in the rows behind the last one, and in the columns that make `width` a multiple of 8.
   */
  standardiseRows(
    features: number,
    count: number,
    width: number,
    means: number,
    scales: number,
    rows: number,
    out: number,
  ): void;

  /** out = inputs · weights + biases, rows × columns; inputs rows × depth, weights depth × columns, biases f32 or 0. */
  multiplyLayer(
    inputs: number,
    weights: number,
    biases: number,
    rows: number,
    depth: number,
    columns: number,
    out: number,
  ): void;

  /** out += inputsᵀ · slopes, depth × columns; inputs rows × depth, slopes rows × columns. */
  multiplyTransposed(
    inputs: number,
    slopes: number,
    rows: number,
    depth: number,
    columns: number,
    out: number,
  ): void;

  /**
   * values[k] ← gelu(values[k]) for k < count (a multiple of 4), in the form with tanh (Hendrycks & Gimpel 2016):
   *
   *   gelu(x) = x · sigmoid(2 · √(2/π) · (x + .044715 x³))
   */
  gelu(values: number, count: number): void;

  /**
   * The same, with gelu′ of the values before to `slopes`; of both, each is 0 with the probability dropped / 2³² and
   * otherwise divided by 1 − that (dropout). The four lanes draw by xorshift32 from states made from `seed`.
   */
  geluWithSlopes(
    values: number,
    slopes: number,
    count: number,
    seed: number,
    dropped: number,
  ): void;

  /**
   * The loss of one list and ∂loss/∂score (f32, `slopes`), from scores s (f32) and `relevant` (u8) of `count`
   * candidates. With d = 1 / log₂(2 + rank), rank by s from 0, of equal scores the earlier first:
   *
   *   loss = weight · Σ |dᵢ − dⱼ| · softplus(sⱼ − sᵢ)    over i relevant, j not, one of them among the first `first`
   *
   * d is taken as a constant (LambdaRank, Burges 2010). `discounts` (f32) holds 1 / log₂(2 + rank) by rank. Slopes
   * are written for all of `rows` ≥ count, 0 behind the last. `scratch` holds 2 · rows f32.
   * @returns the loss
   */
  lambdaSlopes(
    scores: number,
    relevant: number,
    count: number,
    weight: number,
    first: number,
    discounts: number,
    scratch: number,
    rows: number,
    slopes: number,
  ): number;

  /**
   * What the rows `items` (u32) of a sparse matrix (indptr u32, indices u32, values f32) say for each of `candidates`
   * columns. Row items[p], p < count, weighs weights[p] and has the deviation deviations[p] (both f32); places[j] (u16) is
   * 1 + the candidate's number of column j, 0 for a column that is none. With b the values of the candidate's column, and
   * terms weights[p] · b, its record at out + 64 · number has, as f32:
   *
   *   Σ b,  Σ b⁺,  Σ b⁺ · deviation,  Σ term⁺,  Σ term,  how many terms are above .02,
   *   the deviation of the row with the largest positive term,  –,  the five largest positive terms (0 = none),  –, –, –
   *
   * b⁺ = max(0, b). `hits` is scratch of as many u32 as the longest row has entries, and one more.
   */
  listTerms(
    indptr: number,
    indices: number,
    values: number,
    items: number,
    weights: number,
    deviations: number,
    count: number,
    places: number,
    candidates: number,
    hits: number,
    out: number,
  ): void;

  /** The same with indices of 16 bits. */
  listShortTerms: RankKernels['listTerms'];

  /** out[c] = mean of column c over `count` > 0 rows of `width` f32. */
  meanOfRows(rows: number, count: number, width: number, out: number): void;

  /** out[r] = net(features of r) + a · logScores[r] for r < count; `plan` as in RANK_PLAN, without dropout. */
  scoreCandidates(
    features: number,
    logScores: number,
    count: number,
    plan: number,
    out: number,
  ): void;

  /**
   * The network alone (a is 0) on each coalition of five groups of features, out[coalition] for 32 of them: those of
   * which a bit is set are the candidate's `own`, the others `mean`. `groups` (u32) has the group of each feature.
   */
  scoreCoalitions(own: number, mean: number, groups: number, plan: number, out: number): void;

  /**
   * Forward and back through the lists of the parts [from, to) of a batch. Part p takes the lists
   * [p · perPart, (p + 1) · perPart) and writes the sum of their gradients to gradients + p · (bytes of a gradient),
   * in the order of the parameters; losses[list] (f32). Dropout draws from seed + list.
   */
  trainLists(from: number, to: number, plan: number, seed: number): void;

  /**
   * One step of AdamW (Loshchilov & Hutter 2019) on the parameters [from, to), multiples of 4, with the sum g of
   * `parts` gradients that follow each other, `length` floats each:
   *
   *   m = .9·m + .1·g,  v = .999·v + .001·g²,  p −= rate · m / (√v · unbias + 10⁻⁸) + decay · p
   *
   * rate = learning rate / (1 − .9ᵗ), unbias = 1 / √(1 − .999ᵗ).
   */
  stepWeights(
    from: number,
    to: number,
    parameters: number,
    moments: number,
    variances: number,
    gradients: number,
    parts: number,
    length: number,
    rate: number,
    unbias: number,
    decay: number,
  ): void;
}

/**
 * A plan: what `scoreCandidates` and `trainLists` work on, as u32 in this order. The first line is needed to score, all
 * of it to train. `scratch` is one for each part.
 */
export const RANK_PLAN = [
  ...['width', 'hidden1', 'hidden2', 'rows', 'parameters', 'means', 'scales', 'scratch'],
  ...['features', 'indptr', 'logScores', 'relevant', 'weights', 'discounts', 'gradients', 'losses'],
  ...['lists', 'perPart', 'first', 'dropped'],
] as const;
export type RankPlan = Readonly<Record<(typeof RANK_PLAN)[number], number>>;

/** Sizes of a network: features, units of the two hidden layers (multiples of 8). */
export interface RankSize {
  readonly width: number;
  readonly hidden1: number;
  readonly hidden2: number;
}

/** Where each parameter begins, in floats; the matrices in strips. assembly/rank-list.ts has the same. */
export function rankParameters({ width, hidden1, hidden2 }: RankSize) {
  const depth = roundUp(width, 8);
  const bias1 = depth * hidden1;
  const weights2 = bias1 + hidden1;
  const bias2 = weights2 + hidden1 * hidden2;
  const weights3 = bias2 + hidden2;
  /** a, the factor of the logarithm of the first stage's score */
  const factor = weights3 + hidden2;
  return { weights1: 0, bias1, weights2, bias2, weights3, factor, length: factor + 8 };
}

/** Floats of scratch that a part needs, for lists of at most `rows` candidates. assembly/rank-list.ts has the same. */
export function rankScratch({ width, hidden1, hidden2 }: RankSize, rows: number): number {
  return rows * (roundUp(width, 8) + 3 * hidden1 + 3 * hidden2 + 4) + hidden1 * hidden2;
}

export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
