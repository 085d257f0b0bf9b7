/** Popularity: the same list for everyone, by how many people list a title. The baseline to beat. */
import { join } from 'node:path';
import { Type } from 'typebox';
import type { Dataset, UserRange } from '../data/dataset.ts';
import type { Profile } from '../data/interactions.ts';
import { STATUS } from '../data/interactions.ts';
import { SafetensorsFile, writeSafetensors } from '../home/safetensors.ts';
import type { Ranked, Recommender, RecommenderFactory } from './recommender.ts';
import { topItems } from './top.ts';

export const PopularityOptions = Type.Object({}, { additionalProperties: false, default: {} });

export class Popularity implements Recommender {
  readonly name = 'popularity';

  /** @param listed of each item, how many people have seen it */
  constructor(private readonly listed: Float32Array) {}

  get items(): number {
    return this.listed.length;
  }

  score(_profile: Profile): Float32Array {
    return this.listed.slice();
  }

  /** The most popular others: popularity knows no likeness. */
  similarItems(item: number, k: number): Ranked {
    const scores = this.listed.slice();
    scores[item] = Number.NEGATIVE_INFINITY;
    return topItems(scores, k);
  }

  async save(folder: string): Promise<void> {
    await writeSafetensors(join(folder, 'popularity.safetensors'), {
      listed: { shape: [this.items], data: this.listed },
    });
  }

  static async load(folder: string): Promise<Popularity> {
    const file = await SafetensorsFile.open(join(folder, 'popularity.safetensors'));
    try {
      return new Popularity(await file.read('listed', Float32Array));
    } finally {
      await file.close();
    }
  }
}

export const popularity: RecommenderFactory<Record<never, never>, Popularity> = {
  name: 'popularity',
  async fit(dataset, _options, context = {}) {
    return new Popularity(countListings(dataset, context.users ?? dataset.parts.train));
  },
  load: (folder) => Popularity.load(folder),
};

/** Of each item, how many of `users` have seen it (planned titles do not count). */
export function countListings({ interactions }: Dataset, users: UserRange): Float32Array {
  const { indptr, indices, statuses } = interactions;
  const listed = new Float32Array(interactions.items);
  for (let p = indptr[users.from]; p < indptr[users.to]; p++)
    if (statuses[p] !== STATUS.plan_to_watch) listed[indices[p]]++;
  return listed;
}
