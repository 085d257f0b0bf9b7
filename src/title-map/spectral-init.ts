/**
 * Initial positions for UMAP: the two smoothest components of the graph of neighbours (Laplacian eigenmaps, Belkin &
 * Niyogi 2003), with the linear effect of popularity removed, each spread evenly. With them half the epochs are enough,
 * and popular titles do not gather on one side of the map.
 *
 *   W = A + Aᵀ,  A_ij = 1 where j is a neighbour of i, and for i itself;   D^(−½)·W·D^(−½) = UΣUᵀ;   component c = D^(−½)·u_c
 */
import type { Csr } from '../data/csr.ts';
import { truncatedSvd } from '../linalg/truncated-svd.ts';

/** The first component is constant; the next two are the axes of the map. */
const COMPONENTS = [1, 2] as const;
/** A rough solution is enough to start from. */
const ITERATIONS = 12;
const OVERSAMPLING = 6;
/** Positions go from −10 to 10, as in UMAP's own initialisation. */
const REACH = 10;

/**
 * @param indices the neighbours of each title, itself included
 * @param popularity of each title; its linear effect on the positions is removed
 */
export function spectralInit(
  indices: readonly (readonly number[])[],
  popularity: Float64Array,
  seed: number,
): [x: number, y: number][] {
  const graph = graphOf(indices);
  const { rank, left } = truncatedSvd(graph, {
    rank: 1 + COMPONENTS.length,
    oversampling: OVERSAMPLING,
    iterations: ITERATIONS,
    seed,
  });
  const [x, y] = COMPONENTS.map((component) =>
    evenly(
      residuals(
        popularity,
        Float64Array.from(indices, (_, item) =>
          component < rank ? left[item * rank + component] / Math.sqrt(countOf(graph, item)) : 0,
        ),
      ),
    ),
  );
  return Array.from(indices, (_, item) => [x[item], y[item]]);
}

function graphOf(indices: readonly (readonly number[])[]): Csr {
  const both: number[][] = indices.map((row) => [...row]);
  indices.forEach((row, item) => {
    for (const other of row) both[other].push(item);
  });
  const indptr = new Uint32Array(both.length + 1);
  both.forEach((row, item) => {
    indptr[item + 1] = indptr[item] + row.length;
  });
  const values = both.flatMap((row) =>
    row.map((other) => 1 / Math.sqrt(row.length * both[other].length)),
  );
  return {
    rows: both.length,
    columns: both.length,
    indptr,
    indices: Uint32Array.from(both.flat()),
    values: Float32Array.from(values),
  };
}

function countOf({ indptr }: Csr, row: number): number {
  return indptr[row + 1] - indptr[row];
}

/** The residuals of a linear regression of the values on `predictor`. */
function residuals(predictor: Float64Array, values: Float64Array): Float64Array {
  const mean = (numbers: Float64Array) =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const [middle, level] = [mean(predictor), mean(values)];
  let [together, spread] = [0, 0];
  values.forEach((value, item) => {
    together += (value - level) * (predictor[item] - middle);
    spread += (predictor[item] - middle) ** 2;
  });
  const slope = spread === 0 ? 0 : together / spread;
  return values.map((value, item) => value - level - slope * (predictor[item] - middle));
}

/** Equally spaced values from −REACH to REACH in the same order; equal values keep their order and do not coincide. */
function evenly(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b] || a - b);
  const places = new Float64Array(values.length);
  order.forEach((item, rank) => {
    places[item] = REACH * ((2 * rank) / values.length - 1);
  });
  return places;
}
