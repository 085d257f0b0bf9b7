/**
 * The second stage: orders the first stage's best anew, by a network for whole lists and one for parts. A list that is
 * neither quite the one nor the other (linear/wholeness.ts) is ordered by a mixture of what both make of it.
 */
import { join } from 'node:path';
import type { Profile } from '../../data/interactions.ts';
import type { ItemWeights } from '../item-weights/item-weights.ts';
import type { SlimWeights } from '../linear/slim-weights.ts';
import { CandidateFeatures, logScoreOf, WIDTH } from './candidate-features.ts';
import { FEATURES } from './feature-names.ts';
import type { TitleFacts } from './features/title-facts.ts';
import { readTitleFacts, writeTitleFacts } from './features/title-facts-file.ts';
import { GroupTerms } from './group-terms.ts';
import { CANDIDATES } from './lists/list-collector.ts';
import { RankNetwork } from './network.ts';
import { readNetwork, writeNetwork } from './network-file.ts';
import { type Order, RANK_GROUPS } from './rank-groups.ts';

export interface RankNetworks {
  readonly whole: RankNetwork;
  readonly part: RankNetwork;
}

/** A list, and the first stage's best titles for it, best first. */
export interface StageList {
  readonly profile: Profile;
  /** preference weights of the profile */
  readonly weights: Float32Array;
  /** CANDIDATES at most */
  readonly candidates: Uint32Array;
  /** the first stage's score of each */
  readonly scores: Float32Array;
}

export class SecondStage {
  readonly #features: CandidateFeatures;
  /** a network for each kind of weights: those for parts have one of their own, with the same parameters */
  readonly #uses: ReadonlyMap<ItemWeights, NetworkUse>;
  readonly #values = new Float32Array(CANDIDATES);
  /** what ordered the last list, and how much each counts */
  #used: readonly { readonly use: NetworkUse; readonly share: number }[] = [];

  /** @throws RangeError when networks or titles do not fit the first stage or the features */
  constructor(
    readonly first: SlimWeights,
    readonly titles: TitleFacts,
    readonly networks: RankNetworks,
  ) {
    this.#features = new CandidateFeatures(first, titles);
    const { whole, part } = networks;
    this.#uses = new Map([
      [first.whole, new NetworkUse(whole)],
      ...first.parts.map((weights, n) => {
        const own = n === 0 ? part : new RankNetwork(part.weights);
        return [weights, new NetworkUse(own)] as const;
      }),
    ]);
  }

  /** Makes what the first list would otherwise wait for. */
  prepare(): void {
    this.#features.prepare();
  }

  /** What the second stage makes of each candidate: more is better. Only good until the next call. */
  valuesOf(list: StageList): Float32Array {
    const values = this.#values.subarray(0, list.candidates.length).fill(0);
    const shares = this.first.sharesFor(list.profile);
    this.#used = shares.map(({ weights: stage, share }) => {
      const scores = shares.length === 1 ? list.scores : scoresBy(stage, list);
      const use = this.#useOf(stage);
      this.#features.read({ ...list, stage, scores }, use.numbers);
      use.add(scores, share, values);
      return { use, share };
    });
    return values;
  }

  #useOf(stage: ItemWeights): NetworkUse {
    const use = this.#uses.get(stage);
    if (!use) throw new RangeError(`There is no network for "${stage.name}"`);
    return use;
  }

  /** What it added to a candidate of the list that valuesOf was called with last. @param place among its candidates */
  orderOf(place: number): Order {
    const sums = new Float64Array(RANK_GROUPS.length);
    let value = 0;
    for (const { use, share } of this.#used) {
      const terms = use.termsOf(place);
      for (let g = 0; g < terms.length; g++) {
        sums[g] += share * terms[g];
        value += share * terms[g];
      }
    }
    return { value, terms: RANK_GROUPS.map((group, g) => ({ group, value: sums[g] })) };
  }

  /** Writes rank.safetensors, rank-part.safetensors and rank-titles.safetensors. */
  async save(folder: string): Promise<void> {
    await writeNetwork(fileOf(folder, 'whole'), this.networks.whole);
    await writeNetwork(fileOf(folder, 'part'), this.networks.part);
    await writeTitleFacts(folder, this.titles);
  }

  /** @throws ArtefactError when a file is missing, truncated, altered or not what `save` writes */
  static async load(folder: string, first: SlimWeights): Promise<SecondStage> {
    const networks = await readNetworks(folder);
    return new SecondStage(first, await readTitleFacts(folder), networks);
  }
}

/** One of the networks, and the features that it was last used with. */
class NetworkUse {
  readonly #logScores = new Float32Array(CANDIDATES);
  readonly #out = new Float32Array(CANDIDATES);
  readonly #terms: GroupTerms;
  #count = 0;
  /** of the candidates; null = not asked for yet */
  #means: Float32Array | null = null;

  constructor(private readonly network: RankNetwork) {
    this.#terms = new GroupTerms(
      network,
      FEATURES.map(({ group }) => group),
    );
  }

  /** Candidates × WIDTH: to be written before `add`. */
  get numbers(): Float32Array {
    return this.network.features;
  }

  /** Adds `share` of what the network makes of the candidates in `numbers` to `values`. */
  add(scores: Float32Array, share: number, values: Float32Array): void {
    this.#count = scores.length;
    this.#means = null;
    for (let n = 0; n < scores.length; n++) this.#logScores[n] = logScoreOf(scores[n]);
    this.network.forward(this.numbers, this.#logScores, scores.length, this.#out);
    for (let n = 0; n < scores.length; n++) values[n] += share * this.#out[n];
  }

  /** One value a group. */
  termsOf(place: number): Float64Array {
    this.#means ??= this.network.meanFeatures(this.#count);
    return this.#terms.of(this.numbers.subarray(place * WIDTH, (place + 1) * WIDTH), this.#means);
  }
}

const fileOf = (folder: string, kind: keyof RankNetworks) =>
  join(folder, kind === 'whole' ? 'rank.safetensors' : 'rank-part.safetensors');

/** @throws ArtefactError when a file is missing, truncated, altered, or of networks that take other features */
export async function readNetworks(folder: string): Promise<RankNetworks> {
  const whole = await readNetwork(fileOf(folder, 'whole'));
  return { whole, part: await readNetwork(fileOf(folder, 'part')) };
}

/** The scores of candidates by one of two kinds of weights; the ranking that they come from stays as it is. */
function scoresBy(stage: ItemWeights, { profile, weights, candidates }: StageList): Float32Array {
  const { totals } = stage.explain(profile, weights, candidates, 0);
  const priors = stage.priorsOf(profile, Array.from(candidates), weights);
  return Float32Array.from(totals, (total, n) => total + priors[n]);
}
