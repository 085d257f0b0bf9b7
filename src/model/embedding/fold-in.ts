/**
 * A new person's vector with the titles' vectors fixed: the unit vector x that minimises, over the sphere,
 *
 *   Σ_k weight_k · bce(target_k, sigmoid(slope · q_k·x + offset))  −  prior · |slope| · mean·x
 *
 * The rows k are the profile's, each with weight 1; where the network was trained with `negatives`, a fixed sample of
 * unlisted titles stands for those drawn, with the target 0 and together the weight negatives · rows. `mean` is the mean
 * direction of the people trained on: who has listed nothing gets it.
 *
 * Gradient descent on the sphere: along the gradient's tangent, with a step that is halved when it does not lower the
 * loss and doubled when it does at once.
 */
import type { Profile } from '../../data/interactions.ts';
import { random, shuffle } from '../../data/random.ts';
import type { RowTable } from '../../linalg/row-table.ts';
import type { EmbeddingOptions } from './options.ts';
import { targetOf } from './rows.ts';

/** The head of the trained network. */
export interface Line {
  readonly slope: number;
  readonly offset: number;
}

const STEPS = 24;
const HALVINGS = 6;
/** A step that lowers the loss by a smaller share of it is the last. */
const LEAST_GAIN = 1e-3;
/** Titles that stand for all unlisted ones. */
const SAMPLE = 512;

export class FoldIn {
  readonly #sample: Uint32Array;
  readonly #targets: Float32Array;
  readonly #weights: Float32Array;
  readonly #listed: Uint8Array;

  constructor(
    private readonly titles: RowTable,
    private readonly mean: Float32Array,
    private readonly line: Line,
    private readonly options: EmbeddingOptions,
  ) {
    const items = titles.table.length / titles.dimension;
    const order = Uint32Array.from({ length: items }, (_, item) => item);
    const size = options.negatives > 0 ? SAMPLE : 0;
    this.#sample = shuffle(order, random(options.seed)).slice(0, size);
    this.#targets = new Float32Array(2 * items);
    this.#weights = new Float32Array(2 * items);
    this.#listed = new Uint8Array(items);
  }

  /** Leaves the person's unit vector in the table's `vector`. */
  solve(profile: Profile): void {
    const { vector } = this.titles;
    vector.set(this.mean);
    const count = this.placeRows(profile);
    if (count === 0) return;
    const start = new Float32Array(vector.length);
    const direction = new Float32Array(vector.length);
    let loss = this.loss(count);
    let step = 0;
    for (let n = 0; n < STEPS; n++) {
      const curvature = this.tangent(count, direction);
      if (n === 0) step = 1 / curvature;
      start.set(vector);
      const before = loss;
      let halved = 0;
      for (; halved < HALVINGS; halved++) {
        moveOnSphere(vector, start, direction, step);
        loss = this.loss(count);
        if (loss < before) break;
        step /= 2;
      }
      if (halved === HALVINGS) vector.set(start);
      if (!(before - loss > LEAST_GAIN * before)) return;
      if (halved === 0) step *= 2;
    }
  }

  /** The loss at the table's `vector`; leaves the cosines in `out`. */
  private loss(count: number): number {
    const { titles, line, options } = this;
    titles.products(count);
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const logit = line.slope * titles.out[k] + line.offset;
      // bce(t, sigmoid(y)) = ln(1 + eʸ) − t·y
      const softplus = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
      sum += this.#weights[k] * (softplus - this.#targets[k] * logit);
    }
    return sum - options.prior * Math.abs(line.slope) * dot(this.mean, titles.vector);
  }

  /**
   * The loss falls along `direction`, which is tangent to the sphere; `out` holds the cosines.
   * @returns about how fast the gradient changes, for the first step
   */
  private tangent(count: number, direction: Float32Array): number {
    const { titles, line, options } = this;
    let curvature = options.prior * Math.abs(line.slope);
    for (let k = 0; k < count; k++) {
      const a = 1 / (1 + Math.exp(-(line.slope * titles.out[k] + line.offset)));
      titles.weights[k] = this.#weights[k] * line.slope * (this.#targets[k] - a);
      curvature += this.#weights[k] * line.slope ** 2 * a * (1 - a);
    }
    titles.weightedSum(count);
    const pull = options.prior * Math.abs(line.slope);
    for (let k = 0; k < direction.length; k++) direction[k] = titles.sum[k] + pull * this.mean[k];
    const radial = dot(direction, titles.vector);
    for (let k = 0; k < direction.length; k++) direction[k] -= radial * titles.vector[k];
    return curvature;
  }

  /** The profile's rows and the sample into the table's `rows`, with targets and weights. */
  private placeRows({ items, ratings, statuses }: Profile): number {
    let count = 0;
    for (let p = 0; p < items.length; p++) {
      const target = targetOf(ratings[p], statuses[p], this.options);
      this.#listed[items[p]] = 1;
      if (Number.isNaN(target)) continue;
      count = this.place(items[p], target, 1, count);
    }
    const rows = count;
    const weight = (this.options.negatives * rows) / this.#sample.length;
    for (const item of rows > 0 ? this.#sample : [])
      if (!this.#listed[item]) count = this.place(item, 0, weight, count);
    for (let p = 0; p < items.length; p++) this.#listed[items[p]] = 0;
    return count;
  }

  private place(item: number, target: number, weight: number, at: number): number {
    this.titles.rows[at] = item;
    this.#targets[at] = target;
    this.#weights[at] = weight;
    return at + 1;
  }
}

/** x = (start + step · direction) / its length */
function moveOnSphere(
  x: Float32Array,
  start: Float32Array,
  direction: Float32Array,
  step: number,
): void {
  for (let k = 0; k < x.length; k++) x[k] = start[k] + step * direction[k];
  const length = Math.sqrt(dot(x, x));
  for (let k = 0; k < x.length; k++) x[k] /= length;
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
