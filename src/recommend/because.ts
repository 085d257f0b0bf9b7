/** Why a title is recommended: the titles of the profile that caused it, with their exact share of the score. */
import type { Catalogue } from '../data/anime.ts';
import type { Profile } from '../data/interactions.ts';
import type { ItemWeights } from '../model/item-weights.ts';
import { topItems } from '../model/top.ts';

export interface Because {
  readonly animeId: number;
  readonly title: string;
  /** of the score: those of all titles of the profile add up to 1 (to nothing when the score is 0) */
  readonly share: number;
  /** what the title adds to the score: those of all titles of the profile add up to it */
  readonly contribution: number;
}

/** Explains the recommendations of one profile after another; its arrays are used again. */
export class Explainer {
  readonly #catalogue: Catalogue;
  readonly #model: ItemWeights;
  readonly #weightOf: Float32Array;
  readonly #causes: { items: Uint32Array; parts: Float32Array };

  constructor(catalogue: Catalogue, model: ItemWeights) {
    this.#catalogue = catalogue;
    this.#model = model;
    this.#weightOf = new Float32Array(model.items);
    const longest = 1 + model.longestColumn;
    this.#causes = { items: new Uint32Array(longest), parts: new Float32Array(longest) };
  }

  /** Of each item the titles that add most to its score, strongest first; those that add nothing are left out. */
  explain(profile: Profile, items: readonly number[], limit: number): Because[][] {
    if (limit === 0) return items.map(() => []);
    const weights = this.#model.weigh(profile);
    for (let p = 0; p < weights.length; p++) this.#weightOf[profile.items[p]] = weights[p];
    try {
      return items.map((item) => this.#because(item, limit));
    } finally {
      for (const item of profile.items) this.#weightOf[item] = 0;
    }
  }

  #because(item: number, limit: number): Because[] {
    const { items, parts } = this.#causes;
    const size = this.#model.causes(this.#weightOf, item, this.#causes);
    let total = 0;
    for (let n = 0; n < size; n++) total += parts[n];
    const { items: strongest, scores } = topItems(parts.subarray(0, size), limit);
    const because: Because[] = [];
    for (let at = 0; at < strongest.length; at++) {
      const { animeId, title } = this.#catalogue[items[strongest[at]]];
      const contribution = scores[at];
      because.push({ animeId, title, share: total === 0 ? 0 : contribution / total, contribution });
    }
    return because;
  }
}
