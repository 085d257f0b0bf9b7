/**
 * A symmetric matrix, its lower triangle only, in column panels: panel p holds columns [p·b, (p+1)·b) and rows from
 * p·b on, row-major with stride b. Half the memory of n² floats, and each piece that the blocked algorithms multiply
 * (rows of a panel from any row on) is contiguous. The panels are in shared memory, for worker threads.
 */
export class BlockSymmetricMatrix {
  readonly panels: Float32Array[] = [];

  /**
   * @param size n, rows and columns
   * @param width b, columns of a panel
   */
  constructor(
    readonly size: number,
    readonly width = PANEL_WIDTH,
  ) {
    for (let p = 0; p < this.count; p++)
      this.panels.push(sharedFloats((size - this.from(p)) * this.columns(p)));
  }

  get count(): number {
    return Math.ceil(this.size / this.width);
  }

  /** First column (and first row) of panel p. */
  from(p: number): number {
    return p * this.width;
  }

  /** Columns of panel p: b, fewer in the last. */
  columns(p: number): number {
    return Math.min(this.width, this.size - p * this.width);
  }

  /** Where entry (r, c) with r ≥ c stands in its panel. */
  private offset(r: number, c: number): number {
    const p = Math.floor(c / this.width);
    return (r - this.from(p)) * this.columns(p) + (c - this.from(p));
  }

  get(r: number, c: number): number {
    if (r < c) return this.get(c, r);
    return this.panels[Math.floor(c / this.width)][this.offset(r, c)];
  }

  set(r: number, c: number, value: number): void {
    if (r < c) this.set(c, r, value);
    else this.panels[Math.floor(c / this.width)][this.offset(r, c)] = value;
  }

  copy(): BlockSymmetricMatrix {
    const copied = new BlockSymmetricMatrix(this.size, this.width);
    for (const [p, panel] of this.panels.entries()) copied.panels[p].set(panel);
    return copied;
  }

  diagonal(): Float32Array {
    return Float32Array.from({ length: this.size }, (_, i) => this.get(i, i));
  }

  /** Rows [rowFrom, rowTo) of panel p, contiguous, as a view. */
  rows(p: number, rowFrom: number, rowTo = this.size): Float32Array {
    const columns = this.columns(p);
    return this.panels[p].subarray(
      (rowFrom - this.from(p)) * columns,
      (rowTo - this.from(p)) * columns,
    );
  }
}

/**
 * Wide enough for the matrix product to run at full speed, narrow enough for a diagonal block in float64. An odd number
 * of cache lines (33), so that the rows of a panel do not compete for the same places in the cache.
 */
export const PANEL_WIDTH = 528;

/** Zeroed floats in shared memory. */
export function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(4 * length));
}
