/** Small weighted regressions, and quantiles of weighted values. */

/** Keeps a system solvable whose terms depend on each other. */
const RIDGE = 1e-6;

/** The coefficients x that minimise Σ_r weights[r] (Σ_c rows[r][c] x_c − values[r])². */
export function leastSquares(
  rows: readonly (readonly number[])[],
  values: readonly number[],
  weights: readonly number[],
): number[] {
  const size = rows[0]?.length ?? 0;
  const system = Array.from({ length: size }, (_, a) =>
    Array.from({ length: size + 1 }, (_, b) => (a === b ? RIDGE : 0)),
  );
  rows.forEach((row, r) => {
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) system[a][b] += weights[r] * row[a] * row[b];
      system[a][size] += weights[r] * row[a] * values[r];
    }
  });
  return solved(system);
}

/** By Gauss-Jordan elimination with pivots. @param system n × (n + 1) */
function solved(system: number[][]): number[] {
  const size = system.length;
  for (let c = 0; c < size; c++) {
    let pivot = c;
    for (let r = c + 1; r < size; r++)
      if (Math.abs(system[r][c]) > Math.abs(system[pivot][c])) pivot = r;
    [system[c], system[pivot]] = [system[pivot], system[c]];
    for (let r = 0; r < size; r++) {
      if (r === c) continue;
      const factor = system[r][c] / system[c][c];
      for (let k = c; k <= size; k++) system[r][k] -= factor * system[c][k];
    }
  }
  return system.map((row, r) => row[size] / row[r]);
}

/** The smallest value that has at least `share` of all weight at or below it. */
export function weightedQuantile(
  values: readonly number[],
  weights: readonly number[],
  share: number,
): number {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  for (const at of order) {
    sum += weights[at];
    if (sum >= share * total) return values[at];
  }
  return Number.NaN;
}
