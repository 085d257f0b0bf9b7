/** Why a title is recommended: the titles of the profile that caused it, with their exact share of the score. */
import type { Catalogue } from '../data/anime.ts';
import type { Profile } from '../data/interactions.ts';
import type { ItemWeights } from '../model/item-weights.ts';

export interface Because {
  readonly animeId: number;
  readonly title: string;
  /** of what titles of the profile add to the score: all of them add up to 1 (to nothing when they take from it) */
  readonly share: number;
  /** what the title adds to the score: with the prior, those of all titles of the profile add up to it */
  readonly contribution: number;
}

/** Explains the recommendations of one profile after another; its arrays are used again. */
export class Explainer {
  readonly #catalogue: Catalogue;
  readonly #model: ItemWeights;
  readonly #weightOf: Float32Array;
  readonly #causes: { items: Uint32Array; parts: Float32Array };
  /** places of the strongest causes */
  readonly #strongest: Uint32Array;

  constructor(catalogue: Catalogue, model: ItemWeights) {
    this.#catalogue = catalogue;
    this.#model = model;
    this.#weightOf = new Float32Array(model.items);
    const longest = 1 + model.longestColumn;
    this.#strongest = new Uint32Array(longest);
    this.#causes = { items: new Uint32Array(longest), parts: new Float32Array(longest) };
  }

  /**
   * Of each item the titles that add most to its score, strongest first; those that add nothing are left out.
   * @param weights of the profile
   */
  explain(
    profile: Profile,
    weights: Float32Array,
    items: readonly number[],
    limit: number,
  ): Because[][] {
    if (limit === 0) return items.map(() => []);
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
    const strongest = this.#strongest;
    let total = 0;
    let kept = 0;
    for (let n = 0; n < size; n++) {
      const part = parts[n];
      total += part;
      if (kept === limit && part <= parts[strongest[kept - 1]]) continue;
      let at = kept < limit ? kept++ : kept - 1;
      for (; at > 0 && parts[strongest[at - 1]] < part; at--) strongest[at] = strongest[at - 1];
      strongest[at] = n;
    }
    const because: Because[] = [];
    for (let at = 0; at < kept; at++) {
      const { animeId, title } = this.#catalogue[items[strongest[at]]];
      const contribution = parts[strongest[at]];
      because.push({ animeId, title, share: total > 0 ? contribution / total : 0, contribution });
    }
    return because;
  }
}
