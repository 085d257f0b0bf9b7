/**
 * User-kNN by the vectors of the embedding network: similar users are found by cosine, as in the public projects.
 *
 *   s(x, u) = v(x) · v(u)     unit vectors; both are folded in with the titles' vectors fixed (embedding/fold-in.ts),
 *                             also for users that the network was trained on
 *
 * What those users prefer makes the scores (neighbour-scores.ts); similar titles are the network's own.
 */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Static, Type } from 'typebox';
import { WeightOptions } from '../../config/model-options.ts';
import type { Csr } from '../../data/csr.ts';
import type { Dataset, UserRange } from '../../data/dataset.ts';
import { type Profile, profileOf } from '../../data/interactions.ts';
import { InterruptedError } from '../../error.ts';
import { RowTable } from '../../linalg/row-table.ts';
import { csrOf, writeCsr } from '../csr-file.ts';
import { defineModel } from '../define-model.ts';
import { HIDDEN } from '../mask.ts';
import { readModelFile } from '../model-file.ts';
import { preferenceRows } from '../preferences.ts';
import { type FitContext, fittedBefore, type Ranked, type Recommender } from '../recommender.ts';
import { topItems } from '../top.ts';
import { NeighbourScores, neighbourOptions } from './neighbour-scores.ts';
import type { SimilarUsers } from './user-knn.ts';

export const UserKnnEmbeddingOptions = Type.Object(
  { ...neighbourOptions, weights: WeightOptions },
  { additionalProperties: false, default: {} },
);
export type UserKnnEmbeddingOptions = Static<typeof UserKnnEmbeddingOptions>;

const NAME = 'user-knn-embedding';
/** The model that gives the vectors. */
const NETWORK = 'embedding';

/** What is asked of the embedding network. */
export interface UserVectors {
  readonly dimension: number;
  /** a unit vector */
  vectorOf(profile: Profile): Float32Array;
  similarItems(item: number, k: number): Ranked;
}

/** The people who may be similar. */
interface People {
  /** X: row = person, column = item */
  readonly lists: Csr;
  /** unit vectors, people × dimension */
  readonly vectors: Float32Array;
  /** user that the first of them is */
  readonly first: number;
}

export class UserKnnEmbedding implements Recommender {
  readonly name = NAME;
  readonly items: number;
  readonly #vectors: RowTable;
  readonly #votes: NeighbourScores;

  /** @throws RangeError when there is not one vector a person */
  constructor(
    private readonly network: UserVectors,
    private readonly people: People,
    readonly options: UserKnnEmbeddingOptions,
  ) {
    const { dimension } = network;
    if (people.vectors.length !== people.lists.rows * dimension)
      throw new RangeError(`${people.lists.rows} vectors of ${dimension} expected`);
    this.items = people.lists.columns;
    this.#vectors = new RowTable(people.vectors, dimension);
    this.#votes = new NeighbourScores(people.lists, options);
  }

  score(profile: Profile): Float32Array {
    return this.#votes.score(this.#nearest(profile, this.options.neighbours));
  }

  /** People with a likeness above 0 only. */
  similarUsers(profile: Profile, k: number): SimilarUsers {
    const { items: rows, scores } = this.#nearest(profile, k);
    return { users: rows.map((row) => this.people.first + row), scores };
  }

  similarItems(item: number, k: number): Ranked {
    return this.network.similarItems(item, k);
  }

  /** Writes `user-knn-embedding.safetensors`: X by rows, and people's vectors. The network is kept by itself. */
  async save(folder: string): Promise<void> {
    const { lists, vectors, first } = this.people;
    const shape = [lists.rows, this.network.dimension];
    await writeCsr(
      join(folder, FILE),
      FORMAT,
      lists,
      this.options,
      { first: String(first) },
      { vectors: { shape, data: vectors } },
    );
  }

  /** @throws ArtefactError when the file is truncated, altered or not what `save` writes */
  static load(folder: string, network: UserVectors): Promise<UserKnnEmbedding> {
    const format = { format: FORMAT, schema: UserKnnEmbeddingOptions };
    return readModelFile(join(folder, FILE), format, async (file, options) => {
      const lists = await csrOf(file);
      const vectors = await file.read('vectors', Float32Array);
      if (!vectors.every(Number.isFinite)) throw new RangeError('a vector is not of numbers');
      const first = Number(file.metadata.first);
      return new UserKnnEmbedding(network, { lists, vectors, first }, options);
    });
  }

  /** Rows of X. Who has listed nothing is like nobody. */
  #nearest(profile: Profile, k: number): Ranked {
    const listed = profile.items.length > 0;
    this.#vectors.vector.set(this.network.vectorOf(profile));
    const likeness = this.#vectors.allProducts();
    for (let u = 0; u < likeness.length; u++)
      if (!listed || !(likeness[u] > 0)) likeness[u] = HIDDEN;
    return topItems(likeness, k);
  }
}

const FILE = `${NAME}.safetensors`;
const FORMAT = 'osusume-user-knn-embedding-1';

/** Over the embedding network of the same run, or of the same folder. */
export const userKnnEmbedding = defineModel({
  name: NAME,
  options: UserKnnEmbeddingOptions,
  sharedOptions: ['weights'],
  async fit(dataset, options, context) {
    const network = asUserVectors(fittedBefore(NETWORK, context, NAME));
    const users = context.users ?? dataset.parts.train;
    const vectors = await vectorsOf(network, dataset, users, context);
    const lists = preferenceRows(dataset, users, options.weights);
    return new UserKnnEmbedding(network, { lists, vectors, first: users.from }, options);
  },
  async load(folder, loadOther) {
    return UserKnnEmbedding.load(folder, asUserVectors(await loadOther(NETWORK)));
  },
});

function asUserVectors(model: Recommender): UserVectors {
  return model as Recommender & UserVectors;
}

/** People between two looks at whether the fit is to end. */
const TURN = 50;

async function vectorsOf(
  network: UserVectors,
  { interactions }: Dataset,
  { from, to }: UserRange,
  { progress, signal }: FitContext,
): Promise<Float32Array> {
  const { dimension } = network;
  const vectors = new Float32Array((to - from) * dimension);
  progress?.step('folding people in', to - from, 'people');
  for (let user = from; user < to; user++) {
    vectors.set(network.vectorOf(profileOf(interactions, user)), (user - from) * dimension);
    if ((user - from) % TURN !== 0) continue;
    await setImmediate();
    if (signal?.aborted) throw new InterruptedError('Interrupted while folding people in');
    progress?.update(user - from);
  }
  return vectors;
}
