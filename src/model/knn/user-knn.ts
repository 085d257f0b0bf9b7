/**
 * User-kNN: what people with the same taste like.
 *
 *   s(x, u) = ⟨x̃, ũ⟩ / √((‖x̃‖² + h)(‖ũ‖² + h))     x̃, ũ: preference weights, plain or weighed by TF-IDF or BM25
 *
 * X holds the preference weights of all training users, sparse; a profile that the model was not trained on is compared in
 * the same way. Two sparse products per profile, both in the kernels: its titles' columns of X̃, its neighbours' rows
 * of X (neighbour-scores.ts). The damping h keeps users with very short lists from looking similar to everyone.
 */
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { WeightOptions } from '../../config/model-options.ts';
import { type Csr, transpose } from '../../data/csr.ts';
import type { Profile } from '../../data/interactions.ts';
import { RowScorer } from '../../linalg/row-scorer.ts';
import { readCsr, writeCsr } from '../csr-file.ts';
import { defineModel } from '../define-model.ts';
import { HIDDEN } from '../mask.ts';
import {
  Bm25Options,
  preferenceRows,
  preferencesOf,
  type TermStatistics,
  termStatistics,
  weigh,
  weighRows,
  weightingOf,
} from '../preferences.ts';
import type { Ranked, Recommender } from '../recommender.ts';
import { topItems, topOthers } from '../top.ts';
import { NeighbourScores, neighbourOptions } from './neighbour-scores.ts';

export const UserKnnOptions = Type.Object(
  {
    weighting: weightingOf('bm25'),
    bm25: Bm25Options,
    ...neighbourOptions,
    weights: WeightOptions,
  },
  { additionalProperties: false, default: {} },
);
export type UserKnnOptions = Static<typeof UserKnnOptions>;

/** The k most similar people, most similar first; `users` as in the dataset that the model was fitted on. */
export interface SimilarUsers {
  readonly users: Uint32Array;
  readonly scores: Float32Array;
}

export class UserKnn implements Recommender {
  readonly name = 'user-knn';
  readonly items: number;
  /** row u = preference weights of person u */
  readonly #people: Csr;
  readonly #statistics: TermStatistics;
  /** row i = what liking title i says for every person's likeness: X̃ᵀ, its columns scaled by 1/√(‖ũ‖² + h) */
  readonly #titles: RowScorer;
  readonly #votes: NeighbourScores;

  /**
   * @param people X: row = person, column = item
   * @param first user that row 0 of X is
   */
  constructor(
    people: Csr,
    readonly first: number,
    readonly options: UserKnnOptions,
  ) {
    this.items = people.columns;
    this.#people = people;
    this.#statistics = termStatistics(people);
    const weighed = weighRows(people, options.weighting, options.bm25);
    scaleToLength(weighed, options.damping);
    this.#titles = new RowScorer(transpose(weighed));
    this.#votes = new NeighbourScores(people, options);
  }

  score(profile: Profile): Float32Array {
    return this.#votes.score(this.#nearest(profile, this.options.neighbours));
  }

  /** People with a likeness above 0 only. */
  similarUsers(profile: Profile, k: number): SimilarUsers {
    const { items: rows, scores } = this.#nearest(profile, k);
    return { users: rows.map((row) => this.first + row), scores };
  }

  /** Titles that the same people like: the product of `item`'s column of X̃ and theirs of X, over the length of theirs. */
  similarItems(item: number, k: number): Ranked {
    const people = new Float32Array(this.#people.rows);
    this.#titles.addRow(item, people);
    const { lists, lengths } = this.#votes;
    const likeness = lists.score(
      Uint32Array.from(people.keys()).filter((row) => people[row] !== 0),
      people.filter((weight) => weight !== 0),
    );
    for (let j = 0; j < likeness.length; j++)
      likeness[j] = likeness[j] > 0 ? likeness[j] / lengths[j] : HIDDEN;
    return topOthers(likeness, item, k);
  }

  /** Writes `user-knn.safetensors`: X by rows; what is made from it is made again by `load`. */
  async save(folder: string): Promise<void> {
    await writeCsr(join(folder, FILE), FORMAT, this.#people, this.options, {
      first: String(this.first),
    });
  }

  /** @throws ArtefactError when the file is truncated, altered or not what `save` writes */
  static async load(folder: string): Promise<UserKnn> {
    const { matrix, metadata, options } = await readCsr(join(folder, FILE), FORMAT, UserKnnOptions);
    return new UserKnn(matrix, Number(metadata.first), options);
  }

  /** Rows of X. */
  #nearest(profile: Profile, k: number): Ranked {
    const { weighting, bm25, damping, weights: options } = this.options;
    const { items, weights } = preferencesOf(profile, options);
    weigh(weighting, this.#statistics, bm25, items, weights);
    const likeness = this.#titles.score(items, weights);
    const length = Math.sqrt(squares(weights) + damping);
    for (let u = 0; u < likeness.length; u++)
      likeness[u] = likeness[u] > 0 ? likeness[u] / length : HIDDEN;
    return topItems(likeness, k);
  }
}

const FILE = 'user-knn.safetensors';
const FORMAT = 'osusume-user-knn-1';

/** Every row over √(its squares + h), in place. */
function scaleToLength({ rows, indptr, values }: Csr, damping: number): void {
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(indptr[row], indptr[row + 1]);
    const length = Math.sqrt(squares(own) + damping);
    for (let p = 0; p < own.length; p++) if (own[p] !== 0) own[p] /= length;
  }
}

function squares(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}

export const userKnn = defineModel({
  name: 'user-knn',
  options: UserKnnOptions,
  sharedOptions: ['weights'],
  async fit(dataset, options, context) {
    const users = context.users ?? dataset.parts.train;
    context.progress?.step('comparing lists');
    return new UserKnn(preferenceRows(dataset, users, options.weights), users.from, options);
  },
  load: (folder) => UserKnn.load(folder),
});
