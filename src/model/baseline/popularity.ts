/**
 * Popularity: the same list for everyone. The baseline to beat, by one of
 *
 *   listings   how many training people have seen a title
 *   members    how many people the catalogue says list it
 *   score      mean score with a Bayesian prior: (Σ scores + m · mean of all scores) / (scores + m)
 *   recent     listings · 2^(−age / half-life), age in years from the title's season to the newest one
 */

import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import type { Anime, Season } from '../../data/anime.ts';
import type { Dataset, UserRange } from '../../data/dataset.ts';
import type { Profile } from '../../data/interactions.ts';
import { STATUS } from '../../data/interactions.ts';
import { ArtefactError } from '../../error.ts';
import { SafetensorsFile, writeSafetensors } from '../../home/safetensors.ts';
import { defineModel } from '../define-model.ts';
import { countListings } from '../listings.ts';
import type { Ranked, Recommender } from '../recommender.ts';
import { topOthers } from '../top.ts';

export type PopularityKind = 'listings' | 'members' | 'score' | 'recent';

export const PopularityOptions = Type.Object(
  {
    /** m of `score`: how many scores at the mean of all are added to a title's own */
    prior: Type.Number({ minimum: 0, default: 100 }),
    /** years of `recent` */
    halfLife: Type.Number({ exclusiveMinimum: 0, default: 5 }),
  },
  { additionalProperties: false, default: {} },
);
export type PopularityOptions = Static<typeof PopularityOptions>;

const NAMES: Record<PopularityKind, string> = {
  listings: 'popularity',
  members: 'popularity-members',
  score: 'popularity-score',
  recent: 'popularity-recent',
};

export class Popularity implements Recommender {
  readonly name: string;

  /** @param scores of each item; by listings: how many people have seen it */
  constructor(
    private readonly scores: Float32Array,
    readonly kind: PopularityKind = 'listings',
  ) {
    this.name = NAMES[kind];
  }

  get items(): number {
    return this.scores.length;
  }

  score(_profile: Profile): Float32Array {
    return this.scores.slice();
  }

  /** The most popular others: popularity knows no likeness. */
  similarItems(item: number, k: number): Ranked {
    const scores = this.scores.slice();
    return topOthers(scores, item, k);
  }

  /** Writes `<name>.safetensors`. */
  async save(folder: string): Promise<void> {
    await writeSafetensors(join(folder, `${this.name}.safetensors`), {
      [tensorOf(this.kind)]: { shape: [this.items], data: this.scores },
    });
  }

  /** @throws ArtefactError when the file is truncated, altered or not what `save` writes */
  static async load(folder: string, kind: PopularityKind = 'listings'): Promise<Popularity> {
    const path = join(folder, `${NAMES[kind]}.safetensors`);
    const file = await SafetensorsFile.open(path);
    try {
      const scores = await file.read(tensorOf(kind), Float32Array);
      if (scores.every(Number.isFinite)) return new Popularity(scores, kind);
      throw new ArtefactError(`${path} is altered: a score is not finite: train the model again`);
    } finally {
      await file.close();
    }
  }
}

/** The tensor that holds the scores of a kind. */
function tensorOf(kind: PopularityKind): string {
  return kind === 'listings' ? 'listed' : kind;
}

/** The factory of one kind. */
export function popularityBy(kind: PopularityKind) {
  return defineModel({
    name: NAMES[kind],
    options: PopularityOptions,
    async fit(dataset, options, context) {
      const users = context.users ?? dataset.parts.train;
      return new Popularity(SCORES[kind](dataset, users, options), kind);
    },
    load: (folder) => Popularity.load(folder, kind),
  });
}

/** By listings. */
export const popularity = popularityBy('listings');

const SCORES: Record<
  PopularityKind,
  (dataset: Dataset, users: UserRange, options: PopularityOptions) => Float32Array
> = {
  listings: countListings,
  members: ({ catalogue }) => Float32Array.from(catalogue, ({ members }) => members),
  score: bayesianScores,
  recent: recentListings,
};

function bayesianScores(
  { interactions }: Dataset,
  users: UserRange,
  { prior }: PopularityOptions,
): Float32Array {
  const { indptr, indices, ratings, statuses } = interactions;
  const sums = new Float64Array(interactions.items);
  const counts = new Float64Array(interactions.items);
  for (let p = indptr[users.from]; p < indptr[users.to]; p++) {
    if (ratings[p] === 0 || statuses[p] === STATUS.plan_to_watch) continue;
    sums[indices[p]] += ratings[p];
    counts[indices[p]]++;
  }
  const all = counts.reduce((sum, count) => sum + count, 0);
  const mean = all === 0 ? 0 : sums.reduce((sum, value) => sum + value, 0) / all;
  return Float32Array.from(sums, (sum, item) =>
    counts[item] + prior === 0 ? 0 : (sum + prior * mean) / (counts[item] + prior),
  );
}

function recentListings(
  dataset: Dataset,
  users: UserRange,
  { halfLife }: PopularityOptions,
): Float32Array {
  const listed = countListings(dataset, users);
  const times = dataset.catalogue.map(timeOf);
  const known = times.filter((time) => time !== null);
  if (known.length === 0) return listed;
  const newest = known.reduce((a, b) => Math.max(a, b));
  // a title of unknown age is taken for one of the oldest: nothing says that it is new
  const oldest = known.reduce((a, b) => Math.min(a, b));
  return listed.map((count, item) => {
    const age = newest - (times[item] ?? oldest);
    return count * 2 ** (-age / halfLife);
  });
}

const QUARTERS: Record<Season, number> = { winter: 0, spring: 0.25, summer: 0.5, fall: 0.75 };

/** When a title was first broadcast, in years; the middle of the year when its season is not known. */
function timeOf({ year, season }: Anime): number | null {
  if (year === null) return null;
  return year + (season === null ? 0.5 : QUARTERS[season]);
}
