/**
 * Where titles stand before UMAP moves them: by the two components of the graph of neighbours that vary slowest along
 * its ties (Laplacian eigenmaps, Belkin & Niyogi 2003), less what how well known they are says of it, each spread evenly.
 * From here half the epochs are enough, and no side of the map is that of the popular titles.
 *
 *   W = A + Aᵀ,  A_ij = 1 where j is a neighbour of i, and for i itself;   D^(−½)·W·D^(−½) = UΣUᵀ;   component c = D^(−½)·u_c
 */
import type { Csr } from '../data/csr.ts';
import { truncatedSvd } from '../linalg/truncated-svd.ts';

/** The largest component is the same for every title, the next two are the map's. */
const COMPONENTS = [1, 2] as const;
/** Rough is good enough for a beginning. */
const ITERATIONS = 12;
const OVERSAMPLING = 6;
/** Half the side of the square; what UMAP begins with otherwise. */
const REACH = 10;

/**
 * @param indices of each title its neighbours, itself included
 * @param fame of each title: what is not to decide its place
 */
export function spectralInit(
  indices: readonly (readonly number[])[],
  fame: Float64Array,
  seed: number,
): [x: number, y: number][] {
  const ties = tiesOf(indices);
  const { rank, left } = truncatedSvd(ties, {
    rank: 1 + COMPONENTS.length,
    oversampling: OVERSAMPLING,
    iterations: ITERATIONS,
    seed,
  });
  const [x, y] = COMPONENTS.map((component) =>
    evenly(
      without(
        fame,
        Float64Array.from(indices, (_, item) =>
          component < rank ? left[item * rank + component] / Math.sqrt(countOf(ties, item)) : 0,
        ),
      ),
    ),
  );
  return Array.from(indices, (_, item) => [x[item], y[item]]);
}

function tiesOf(indices: readonly (readonly number[])[]): Csr {
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

/** What a line through `fame` leaves of the values. */
function without(fame: Float64Array, values: Float64Array): Float64Array {
  const mean = (numbers: Float64Array) =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const [middle, level] = [mean(fame), mean(values)];
  let [together, spread] = [0, 0];
  values.forEach((value, item) => {
    together += (value - level) * (fame[item] - middle);
    spread += (fame[item] - middle) ** 2;
  });
  const slope = spread === 0 ? 0 : together / spread;
  return values.map((value, item) => value - level - slope * (fame[item] - middle));
}

/** The same order, with equal distances from −REACH to REACH; equals keep their order, so that no two coincide. */
function evenly(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b] || a - b);
  const places = new Float64Array(values.length);
  order.forEach((item, rank) => {
    places[item] = REACH * ((2 * rank) / values.length - 1);
  });
  return places;
}
