/** The kernels: small hot loops over one memory. Pointers are byte offsets into it. */
import type { EmbeddingKernels } from './embedding-kernels.ts';
import type { RankKernels } from './rank-kernels.ts';

/**
 * Implemented twice, with the same names and signatures: in WebAssembly (assembly/, the fast twin) and in
 * plain TypeScript (reference.ts, the readable twin). Tests run both on the same memory.
 */
export interface Kernels extends EmbeddingKernels, RankKernels {
  /**
   * One column panel of G = ZᵀZ for sparse Z (people × items), the lower triangle only:
   * panel[(r − from) · width + (c − from)] = Σ_u Z[u,r] · Z[u,c] for from ≤ c < to, c ≤ r < items; width = to − from.
   * Z comes twice: by row (rowIndptr u32, rowIndices u32, rowValues f32) and by column (columnIndptr u32,
   * columnIndices u32, columnValues f32); indices ascend. `scratch` holds 16 · items f32. Entries above the
   * diagonal (r < c) are set to 0. With `add` ≠ 0 the panel is added to instead of overwritten.
   */
  gramPanel(
    rowIndptr: number,
    rowIndices: number,
    rowValues: number,
    columnIndptr: number,
    columnIndices: number,
    columnValues: number,
    items: number,
    from: number,
    to: number,
    panel: number,
    scratch: number,
    add: number,
  ): void;

  /**
   * One column panel of −YᵀMY for sparse Y (rows × items), given by column (indptr u32, indices u32, values f32), and
   * a dense M (f32, rows of `stride` floats, of which those beyond the last row of Y are 0; stride a multiple of 4):
   * panel[(r − from) · width + (c − from)] = −Σ_u Σ_v Y[u,c] · M[u,v] · Y[v,r] for from ≤ c < to, from ≤ r < items;
   * width = to − from. `scratch` holds 17 · stride f32.
   */
  sandwichPanel(
    indptr: number,
    indices: number,
    values: number,
    items: number,
    from: number,
    to: number,
    middle: number,
    stride: number,
    scratch: number,
    panel: number,
  ): void;

  /**
   * out += A · B of packed f32 strips. A: `aStrips` strips of 4 rows, each `depth` × 4 (of every inner index the 4
   * rows' values); B: `bStrips` strips of 8 columns, each `depth` × 8; out: 4 · aStrips rows of 8 · bStrips floats.
   */
  multiplyStrips(
    a: number,
    b: number,
    out: number,
    aStrips: number,
    bStrips: number,
    depth: number,
  ): void;

  /**
   * Cholesky A = L·Lᵀ of a symmetric positive definite block (f64, row-major size × size) in place: L in the
   * lower triangle, zeros above. Only the lower triangle of A is read.
   * @returns 0, or 1 + the row whose pivot is not positive (A is then half done)
   */
  choleskyBlock(block: number, size: number): number;

  /** Inverse of a lower triangular block (f64, row-major size × size) into `out`, zeros above the diagonal. */
  invertLowerBlock(block: number, size: number, out: number): void;

  /**
   * For every column c of [from, to) of a symmetric matrix S: the limits[c − from] (u32, at most `most`) rows r ≠ c
   * whose S[r,c] · scale[r] is largest by size; of equal sizes the lower row wins, zeros are never taken.
   * `panel` is the lower column panel as in gramPanel; `left` (f32, width × from, row-major) holds S[c, 0…from);
   * `scale` is f32 × items. Column c writes its rows ascending to outIndices (u32) and S[r,c] · scale[r] to
   * outValues (f32) from position (c − from) · most on, and their number to outCounts[c − from] (u32).
   * `scratch` holds 16 · items + most f32.
   */
  strongestColumns(
    panel: number,
    left: number,
    scale: number,
    items: number,
    from: number,
    to: number,
    limits: number,
    most: number,
    outIndices: number,
    outValues: number,
    outCounts: number,
    scratch: number,
  ): void;

  /**
   * out[indices[q]] += weights[p] · values[q] for every entry q of row items[p], p < count, of a sparse matrix
   * (indptr u32, indices u32 ascending within a row, values f32); items u32, weights and out f32. Each product and
   * each sum is rounded to f32, in the order of p; weights of 0 are passed over.
   */
  addRows(
    indptr: number,
    indices: number,
    values: number,
    items: number,
    weights: number,
    count: number,
    out: number,
  ): void;

  /** The same with indices of 16 bits: a quarter less to read where there are no more columns than they can say. */
  addShortRows: Kernels['addRows'];

  /** out[j] = factor · values[j] for j < count, all f32: what scores begin with. */
  startScores(values: number, factor: number, count: number, out: number): void;

  /**
   * Of the terms weightOf[indices[q]] · values[q], q < entries (indices u32, the rest f32, products rounded to f32),
   * the at most `limit` largest that are not 0, largest first, of equal ones the earlier: their indices to `items` (u32),
   * the terms to `parts` (f32), and the sum of all terms to `total` (f64). Up to three entries behind the last one are
   * read, too: there have to be some, with indices of weightOf.
   * @returns how many there are
   */
  strongestTerms(
    indices: number,
    values: number,
    entries: number,
    weightOf: number,
    limit: number,
    items: number,
    parts: number,
    total: number,
  ): number;

  /** The same with indices of 16 bits. */
  strongestShortTerms: Kernels['strongestTerms'];

  /**
   * The items of the k highest of `count` scores (f32), best first, to `out` (u32); of equal scores the lower item
   * wins; −∞ and NaN are never taken. `out` has room for k u64.
   * @returns how many there are
   */
  topScores(scores: number, count: number, k: number, out: number): number;

  /**
   * One half-sweep of iALS for rows [from, to): a few steps of preconditioned conjugate gradient, from where each row
   * x stands, towards the minimum of
   *   Σ_e c_e (v_e·x − 1)² + xᵀ diag(spectrum) x + ridge[row]·|x|²
   * over its entries e = indptr[row]…indptr[row + 1] with confidence c = values[e] (f32) and v = row indices[e] (u32)
   * of `others`. Preconditioner: the diagonal spectrum + ridge + Σc · spread. A row without entries becomes 0.
   * `others` and `rows` have `width` f32 a row (a multiple of 8); `ridge` is f32 a row; `spectrum` and `spread` are
   * f32 × width; `scratch` holds 5 · width f32.
   */
  solveRows(
    indptr: number,
    indices: number,
    values: number,
    ridge: number,
    from: number,
    to: number,
    others: number,
    width: number,
    spectrum: number,
    spread: number,
    steps: number,
    rows: number,
    scratch: number,
  ): void;

  /**
   * out[a,b] = Σ_r F[r,a] · F[r,b] for b ≤ a over rows [from, to) of `factors` (f32, `width` a row, a multiple of 8);
   * out is f32, width × width, and what stands above its diagonal means nothing.
   */
  factorGram(factors: number, from: number, to: number, width: number, out: number): void;

  /**
   * Over `count` entries with item items[e] (u32) and weight weights[e] (f32), v = row items[e] of `factors`:
   * out[a,b] += Σ_e weights[e] · v[a] · v[b] for b ≤ a, right[a] += Σ_e weights[e] · v[a]; all f32, out as in
   * factorGram. `scratch` holds 64 · width f32.
   */
  addOuterRows(
    factors: number,
    width: number,
    items: number,
    weights: number,
    count: number,
    out: number,
    right: number,
    scratch: number,
  ): void;

  /**
   * F[r] ← F[r] · Q in place for rows [from, to) of `factors`; Q = `rotation`, f32 width × width. `scratch` holds
   * 4 · width f32.
   */
  rotateRows(
    factors: number,
    from: number,
    to: number,
    width: number,
    rotation: number,
    scratch: number,
  ): void;

  /**
   * `count` ridge regressions of one variable on others. System s is the lower triangle of a symmetric positive
   * definite matrix of sizes[s] (u32) rows of 8·⌈sizes[s]/8⌉ f32, row-major; the systems follow each other. Its last
   * row and column belong to the variable that is explained: A = [N a; aᵀ d]. Replaces the last row by the weights
   * w = N⁻¹a, and its diagonal by what they leave, d − a·w = 1 / (A⁻¹)_last,last; the rest of the system is destroyed.
   * @returns 0, or 1 + the system in which a pivot is not positive (those after it are then as they were)
   */
  regressions(systems: number, sizes: number, count: number): number;

  /** out[r] = Σ_k F[r,k] · vector[k] for r < count; all f32, `width` a multiple of 8. */
  dotRows(factors: number, count: number, width: number, vector: number, out: number): void;
}
