/**
 * Scores of titles from a user's neighbours:
 *
 *   score[j] = Σ_u s_u^q · X[u,j] / (Σ_v X[v,j]² + h)^γ     u: neighbours, s_u: their similarity; v: all users
 *
 * The power q gives the nearest more weight, the discount γ lowers titles that are listed everywhere; the damping h
 * keeps titles that next to nobody lists from rising.
 */
import { Type } from 'typebox';
import type { Csr } from '../../data/csr.ts';
import { RowScorer } from '../../linalg/row-scorer.ts';
import type { Ranked } from '../recommender.ts';

export const neighbourOptions = {
  /** k, neighbours whose lists count */
  neighbours: Type.Integer({ minimum: 1, default: 50 }),
  /** q */
  power: Type.Number({ minimum: 0, default: 2 }),
  /** γ */
  discount: Type.Number({ minimum: 0, maximum: 1, default: 0.2 }),
  /** h */
  damping: Type.Number({ minimum: 0, default: 10 }),
};

export class NeighbourScores {
  /** X, in the kernels' memory */
  readonly lists: RowScorer;
  /** √(‖X[:,j]‖² + h) of every title */
  readonly lengths: Float32Array;
  readonly #discounts: Float32Array;
  readonly #power: number;

  /** @param people X: row = person, column = item */
  constructor(
    people: Csr,
    { power, discount, damping }: { power: number; discount: number; damping: number },
  ) {
    this.lists = new RowScorer(people);
    this.lengths = columnLengths(people, damping);
    this.#discounts = this.lengths.map((length) => (length === 0 ? 0 : length ** (-2 * discount)));
    this.#power = power;
  }

  /** @param nearest rows of X, and their similarities */
  score({ items: rows, scores }: Ranked): Float32Array {
    const order = [...rows.keys()].sort((a, b) => rows[a] - rows[b]);
    const liked = this.lists.score(
      Uint32Array.from(order, (p) => rows[p]),
      Float32Array.from(order, (p) => scores[p] ** this.#power),
    );
    return liked.map((liking, j) => liking * this.#discounts[j]);
  }
}

function columnLengths({ columns, indices, values }: Csr, damping: number): Float32Array {
  const lengths = new Float32Array(columns).fill(damping);
  for (let p = 0; p < indices.length; p++) lengths[indices[p]] += values[p] * values[p];
  return lengths.map(Math.sqrt);
}
