/** A new order of the best titles, written into their scores, so that whatever reads scores finds it. */
import { orderByValue } from './order-by-value.ts';

/** A float32 a little above another one. */
function above(value: number): number {
  return Math.fround(value + Math.max(Math.abs(value) * 2 ** -23, 2 ** -149));
}

/**
 * Gives the best title by `values` the highest of the candidates' scores, the next the next, and so on, each a little
 * above the one after it where scores are equal. Other titles keep their scores, below those of the candidates.
 * @param candidates the best by `scores`, best first
 * @param values of each candidate; of equal ones the first candidate goes first
 */
export function reorder(scores: Float32Array, candidates: Uint32Array, values: Float32Array): void {
  const order = orderByValue(values);
  const given = new Float32Array(candidates.length);
  for (let place = 0; place < given.length; place++) given[place] = scores[candidates[place]];
  let below = given[given.length - 1];
  for (let place = given.length - 1; place >= 0; place--) {
    const score = given[place] > below ? given[place] : above(below);
    scores[candidates[order[place]]] = score;
    below = score;
  }
}
