/**
 * The flow of the public projects of this kind, as they publish it, for the leaderboard:
 *
 *   10 most similar users → each one's titles at or above their 75th percentile, minus the person's own
 *   → the 10 with most votes → for each the 10 most similar titles
 *   → score += user weight once for each voted title, += content weight for each time a title is similar to one
 *   → top 10
 *
 * How similarity is computed is passed in: by neighbours, or by embeddings as in those projects.
 */

import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import type { Csr } from '../../data/csr.ts';
import type { Dataset, UserRange } from '../../data/dataset.ts';
import { type Profile, profileOf } from '../../data/interactions.ts';
import { readCsr, writeCsr } from '../csr-file.ts';
import { defineModel } from '../define-model.ts';
import { HIDDEN } from '../mask.ts';
import { fittedBefore, type Ranked, type Recommender } from '../recommender.ts';
import { topItems } from '../top.ts';

const count = (value: number, minimum = 1) => Type.Integer({ minimum, default: value });
const weight = (value: number) => Type.Number({ minimum: 0, default: value });

/** The projects weigh their two halves 0.8 and 0.2, or 0.5 and 0.5. */
export const KaggleBaselineOptions = Type.Object(
  {
    userWeight: weight(0.8),
    contentWeight: weight(0.2),
    users: count(10),
    /** of a user's own ratings; a title without one counts as rated 0, as in the projects */
    percentile: Type.Number({ minimum: 0, maximum: 100, default: 75 }),
    voted: count(10),
    similar: count(10),
    /** titles that keep their score; 0 = all that have one */
    listed: count(10, 0),
  },
  { additionalProperties: false, default: {} },
);
export type KaggleBaselineOptions = Static<typeof KaggleBaselineOptions>;

/** Both halves alike. */
export const EvenKaggleBaselineOptions: typeof KaggleBaselineOptions = Type.Object(
  { ...KaggleBaselineOptions.properties, userWeight: weight(0.5), contentWeight: weight(0.5) },
  { additionalProperties: false, default: {} },
);

/** Who and what is similar: both user-kNNs have these. */
export interface Neighbours {
  similarUsers(profile: Profile, k: number): { readonly users: Uint32Array };
  similarItems(item: number, k: number): Ranked;
}

export class KaggleBaseline implements Recommender {
  readonly items: number;
  readonly scoresFew = true;

  /**
   * @param favourites row = user − `first`, columns = the titles at or above the user's percentile
   * @param first user of the favourites' first row
   */
  constructor(
    readonly name: string,
    private readonly neighbours: Neighbours,
    private readonly favourites: Csr,
    private readonly first: number,
    readonly options: KaggleBaselineOptions,
  ) {
    this.items = favourites.columns;
  }

  /** 0 for what is not listed. */
  score(profile: Profile): Float32Array {
    const { userWeight, contentWeight, similar, listed } = this.options;
    const scores = new Float32Array(this.items);
    for (const title of this.#voted(profile)) {
      scores[title] += userWeight;
      for (const other of this.neighbours.similarItems(title, similar).items)
        scores[other] += contentWeight;
    }
    if (listed === 0) return scores;
    const list = topItems(scores, listed);
    scores.fill(0);
    list.items.forEach((title, rank) => {
      scores[title] = list.scores[rank];
    });
    return scores;
  }

  similarItems(item: number, k: number): Ranked {
    return this.neighbours.similarItems(item, k);
  }

  /** Writes `<name>.safetensors`: favourites and options. The neighbours are kept by those they come from. */
  async save(folder: string): Promise<void> {
    await writeCsr(fileOf(folder, this.name), FORMAT, this.favourites, this.options, {
      first: String(this.first),
    });
  }

  /** @throws ArtefactError when the file is truncated, altered or not what `save` writes */
  static async load(folder: string, name: string, neighbours: Neighbours): Promise<KaggleBaseline> {
    const path = fileOf(folder, name);
    const { matrix, metadata, options } = await readCsr(path, FORMAT, KaggleBaselineOptions);
    return new KaggleBaseline(name, neighbours, matrix, Number(metadata.first), options);
  }

  /** What most of the similar users prefer and the person does not have. */
  #voted(profile: Profile): Uint32Array {
    const { indptr, indices } = this.favourites;
    const votes = new Float32Array(this.items);
    for (const user of this.neighbours.similarUsers(profile, this.options.users).users) {
      const row = user - this.first;
      for (let p = indptr[row]; p < indptr[row + 1]; p++) votes[indices[p]]++;
    }
    for (const own of profile.items) votes[own] = 0;
    return topItems(
      votes.map((n) => n || HIDDEN),
      this.options.voted,
    ).items;
  }
}

const FORMAT = 'osusume-public-flow-1';
const fileOf = (folder: string, name: string) => join(folder, `${name}.safetensors`);

/**
 * Over the similar users and titles of another model of the run.
 * @param similar name of that model
 * @param options schema with the defaults of this variant
 */
export function kaggleBaseline(name: string, similar: string, options = KaggleBaselineOptions) {
  const asNeighbours = (model: Recommender) => model as Recommender & Neighbours;
  return defineModel({
    name,
    options,
    async fit(dataset, chosen, context) {
      const neighbours = asNeighbours(fittedBefore(similar, context, name));
      const users = context.users ?? dataset.parts.train;
      const favourites = favouritesOf(dataset, users, chosen.percentile);
      return new KaggleBaseline(name, neighbours, favourites, users.from, chosen);
    },
    async load(folder, loadOther) {
      return KaggleBaseline.load(folder, name, asNeighbours(await loadOther(similar)));
    },
  });
}

function favouritesOf({ interactions }: Dataset, users: UserRange, percent: number): Csr {
  const rows = users.to - users.from;
  const indptr = new Uint32Array(rows + 1);
  const kept: number[] = [];
  for (let row = 0; row < rows; row++) {
    const { items, ratings } = profileOf(interactions, users.from + row);
    const least = percentile(ratings, percent);
    for (let p = 0; p < items.length; p++) if (ratings[p] >= least) kept.push(items[p]);
    indptr[row + 1] = kept.length;
  }
  const indices = Uint32Array.from(kept);
  const values = new Float32Array(kept.length).fill(1);
  return { rows, columns: interactions.items, indptr, indices, values };
}

/** Linear between the two nearest, as numpy.percentile; 0 of nothing. */
export function percentile(values: ArrayLike<number>, percent: number): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return 0;
  const at = (percent / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(at)];
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)] - below);
}
