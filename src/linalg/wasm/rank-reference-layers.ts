/** What the plain reference of the ranking network's kernels is made of. */

/** A matrix in strips of 8 columns: see rank-kernels.ts. */
export class Strips {
  constructor(
    private readonly data: Float32Array,
    readonly rows: number,
    readonly columns: number,
  ) {}

  at(r: number, c: number): number {
    return this.data[this.#place(r, c)];
  }

  fill(value: (r: number, c: number) => number): void {
    for (let r = 0; r < this.rows; r++)
      for (let c = 0; c < this.columns; c++) this.data[this.#place(r, c)] = value(r, c);
  }

  /** sums[c] += Σ_r this[r, c] */
  addColumnSums(sums: Float32Array): void {
    for (let c = 0; c < this.columns; c++)
      for (let r = 0; r < this.rows; r++) sums[c] += this.at(r, c);
  }

  #place(r: number, c: number): number {
    return (Math.floor(c / 8) * this.rows + r) * 8 + (c % 8);
  }
}

const STEEP = 2 * Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

const gate = (x: number) => 1 / (1 + Math.exp(-STEEP * (x + CUBIC * x ** 3)));

/** x · sigmoid(2 · √(2/π) · (x + .044715 x³)) */
export const gelu = (x: number) => x * gate(x);

/** Its derivative. */
export function geluSlope(x: number): number {
  const s = gate(x);
  return s + x * s * (1 - s) * STEEP * (1 + 3 * CUBIC * x * x);
}

/** What each lane adds to the seed: the first words of SHA-256's initial state behind its first two. */
const LANES = [0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c];

/** 0 with the probability dropped / 2³², otherwise 1 / (1 − that). */
export function dropoutMask(count: number, seed: number, dropped: number): Float32Array {
  const keep = 1 / (1 - dropped / 2 ** 32);
  const states = LANES.map((own) => {
    const state = Math.imul(seed + own, 0x9e3779b1);
    return xorshift(xorshift(((state ^ (state >>> 15)) | 1) >>> 0));
  });
  return Float32Array.from({ length: count }, (_, k) => {
    states[k % 4] = xorshift(states[k % 4]);
    return states[k % 4] >= dropped ? keep : 0;
  });
}

/** xorshift32 (Marsaglia 2003). */
function xorshift(state: number): number {
  let next = state ^ (state << 13);
  next ^= next >>> 17;
  next ^= next << 5;
  return next >>> 0;
}
