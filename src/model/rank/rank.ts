/**
 * Rank: slim's best 300 titles, ordered anew by a small network over what else is known of them (feature-names.ts).
 *
 *   order = a · ln(slim's score) + network(features)
 *
 * The network learns from people whom slim has not seen: slim is refitted without a fifth of the training people, who
 * are then scored, five times (held-out-stages.ts). A second network does the same for parts of lists. Each learns to
 * put what a person liked, and was held out, on top (train-network.ts).
 */
import { join } from 'node:path';
import type { Profile } from '../../data/interactions.ts';
import { SafetensorsFile, writeSafetensors } from '../../home/safetensors.ts';
import type { SlimWeights } from '../linear/slim-weights.ts';
import { HIDDEN, hideListed } from '../mask.ts';
import type { Ranked, Recommender } from '../recommender.ts';
import { topItems } from '../top.ts';
import { CANDIDATES } from './lists/list-collector.ts';
import { reorder } from './reorder.ts';
import { SecondStage } from './second-stage.ts';

export class Rank implements Recommender {
  readonly name = 'rank';

  /** @param second null = too few people to learn from: the order is the first stage's */
  constructor(
    readonly first: SlimWeights,
    readonly second: SecondStage | null,
  ) {}

  get items(): number {
    return this.first.items;
  }

  /** The first stage's scores; those of its best unseen titles are handed out anew, in the second stage's order. */
  score(profile: Profile): Float32Array {
    const stage = this.first.forList(profile);
    const weights = stage.weigh(profile);
    const scores = stage.rankScores(profile, weights).scores.slice();
    if (!this.second) return scores;
    const own = Float32Array.from(profile.items, (item) => scores[item]);
    hideListed(scores, profile);
    const { items: candidates, scores: best } = topItems(scores, CANDIDATES);
    reorder(
      scores,
      candidates,
      this.second.valuesOf({ profile, weights, candidates, scores: best }),
    );
    for (let p = 0; p < own.length; p++)
      if (scores[profile.items[p]] === HIDDEN) scores[profile.items[p]] = own[p];
    return scores;
  }

  similarItems(item: number, k: number): Ranked {
    return this.first.similarItems(item, k);
  }

  /** Writes the second stage's files; the first stage is a model of its own. */
  async save(folder: string): Promise<void> {
    if (this.second) await this.second.save(folder);
    else await writeSafetensors(join(folder, FILE), {}, { format: NONE });
  }

  /** @throws ArtefactError when a file is missing, truncated, altered or not what `save` writes */
  static async load(folder: string, first: SlimWeights): Promise<Rank> {
    const isLearnt = await hasSecondStage(folder);
    return new Rank(first, isLearnt ? await SecondStage.load(folder, first) : null);
  }
}

const FILE = 'rank.safetensors';
/** The format of the file that says that there is no second stage. */
const NONE = 'osusume-rank-none-1';

/** Whether the model `rank` of a folder has learnt anything. */
export async function hasSecondStage(folder: string): Promise<boolean> {
  const file = await SafetensorsFile.open(join(folder, FILE));
  await file.close();
  return file.metadata.format !== NONE;
}
