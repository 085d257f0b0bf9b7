/** Batches of lists in the kernels' memory: filled by one thread while another batch is worked on. */
import { random, shuffle } from '../../data/random.ts';
import type { Arena } from '../../linalg/wasm/arena.ts';
import type { KernelPool } from '../../linalg/wasm/pool.ts';
import type { RankLists } from './rank-lists.ts';

/** Addresses of a batch's arrays, fields of the plan (linalg/wasm/rank-kernels.ts). */
export interface BatchPlace {
  readonly features: number;
  readonly indptr: number;
  readonly logScores: number;
  readonly relevant: number;
  readonly weights: number;
  readonly losses: number;
}

/** @param most candidates of a list */
export function placeBatch(arena: Arena, width: number, batch: number, most: number): BatchPlace {
  const candidates = batch * most;
  return arena.allocateAll({
    features: 4 * candidates * width,
    indptr: 4 * (batch + 1),
    logScores: 4 * candidates,
    relevant: candidates,
    weights: 4 * batch,
    losses: 4 * batch,
  });
}

export class Batch {
  readonly losses: Float32Array;
  readonly #features: Float32Array;
  readonly #indptr: Uint32Array;
  readonly #logScores: Float32Array;
  readonly #relevant: Uint8Array;
  readonly #weights: Float32Array;
  #count = 0;

  constructor(
    private readonly lists: RankLists,
    pool: KernelPool,
    readonly at: BatchPlace,
    batch: number,
    most: number,
  ) {
    this.losses = pool.f32(at.losses, batch);
    this.#features = pool.f32(at.features, batch * most * lists.width);
    this.#indptr = pool.u32(at.indptr, batch + 1);
    this.#logScores = pool.f32(at.logScores, batch * most);
    this.#relevant = new Uint8Array(pool.memory.buffer, at.relevant, batch * most);
    this.#weights = pool.f32(at.weights, batch);
  }

  /** Lists in it. */
  get count(): number {
    return this.#count;
  }

  /** The mean of their losses. */
  get loss(): number {
    return this.losses.subarray(0, this.#count).reduce((sum, loss) => sum + loss, 0);
  }

  fill(chosen: Uint32Array): void {
    const { width, features, logScores, indptr, relevant, targets } = this.lists;
    let next = 0;
    chosen.forEach((list, n) => {
      const [from, to] = [indptr[list], indptr[list + 1]];
      this.#features.set(features.subarray(from * width, to * width), next * width);
      this.#logScores.set(logScores.subarray(from, to), next);
      this.#relevant.set(relevant.subarray(from, to), next);
      this.#weights[n] = 1 / (idealGain(targets[list]) * chosen.length);
      this.#indptr[n] = next;
      next += to - from;
    });
    this.#indptr[chosen.length] = next;
    this.#count = chosen.length;
  }
}

/** Discounted gain of a ranking that begins with all targets. */
export function idealGain(targets: number): number {
  let sum = 0;
  for (let rank = 0; rank < targets; rank++) sum += 1 / Math.log2(2 + rank);
  return sum;
}

/** Lists that say something about order: with a candidate that the person liked, and one that is not. */
export function usefulLists({ indptr, relevant }: RankLists): Uint32Array {
  const useful: number[] = [];
  for (let list = 0; list + 1 < indptr.length; list++) {
    const found = relevant.subarray(indptr[list], indptr[list + 1]);
    if (found.includes(1) && found.includes(0)) useful.push(list);
  }
  return Uint32Array.from(useful);
}

/** The order of the lists in an epoch. */
export function epochOrder(useful: Uint32Array, seed: number, epoch: number): Uint32Array {
  return shuffle(useful.slice(), random(seed ^ Math.imul(epoch + 1, 0x9e3779b1)));
}
