/**
 * SLIM with selected neighbours (Ning & Karypis 2011, "fsSLIM"), its elastic net replaced by EASE's ridge: each title
 * is regressed on the titles most like it, as a hybrid of people and content.
 *
 *   G = XᵀD^(−β)X + αTᵀT      people by their preference weights X, D = a person's total weight (DAN 2025);
 *                             content features T × items (CEASE, Jeunen et al. 2020)
 *   A = G + λI + p/(1−p)·diag(G)                                   (EDLAE's dropout p, Steck 2020)
 *   N(j) = the k_j titles i ≠ j with the largest G_ij / √G_ii,     k_j ∝ (1 + listings_j)^τ
 *   B_Nj = (A_NN)⁻¹ A_Nj · rest_j^(−γ),  rest_j = A_jj − A_jN (A_NN)⁻¹ A_Nj;  scores = x·B
 *
 * With all titles as neighbours it is EASE. Few are better as well as quicker: the regression does not lean on titles
 * that have little to do with j, and no inverse of all titles is needed (docs/models.md). Few titles
 * say little about a user, so a prior is added to the scores (prior.ts).
 *
 * For whole lists, B_Nj also counts `standing_j` times, and scores are multiplied by what the list says about a title
 * beyond the sum (score-multipliers.ts).
 *
 * For a part of a list, p is what is missing of it: B is regressed once more for parts of about 10, 30 and 70 titles of
 * 200 (slim-weights.ts).
 */
import { SlimOptions } from '../../config/model-options.ts';
import type { Catalogue } from '../../data/anime.ts';
import { type Csr, transpose } from '../../data/csr.ts';
import type { Dataset, UserRange } from '../../data/dataset.ts';
import type { BlockSymmetricMatrix } from '../../linalg/block-symmetric-matrix.ts';
import { regressOnNeighbours } from '../../linalg/regression.ts';
import { strongestOfColumns } from '../../linalg/strongest.ts';
import { defineModel } from '../define-model.ts';
import { GramCache } from '../gram/gram-cache.ts';
import { addScaled } from '../gram/gram-matrices.ts';
import { ItemWeights } from '../item-weights/item-weights.ts';
import { priorOf } from '../item-weights/prior.ts';
import { placesOf, ScoreMultipliers, standingOf } from '../item-weights/score-multipliers.ts';
import { type Listings, listingsOf } from '../listings.ts';
import type { FitContext } from '../recommender.ts';
import { PARTS, partName, SlimWeights } from './slim-weights.ts';

/** Neighbours of a title, at least and at most. */
const LEAST = 10;
const MOST = 300;
/** Least G_ii, for titles that nobody lists and that share no feature: keeps 1/√G_ii finite. */
const LEAST_OWN = 1e-3;
/** A part of so many titles has the prior of an empty list; the prior falls with the square root of the titles. */
const EVEN_PRIOR = 20;

/** What is known about titles beside G: how often each is listed (for neighbours and prior), and the catalogue. */
export interface Titles {
  readonly listings: Listings;
  readonly catalogue: Catalogue;
}

/** @param users by whose lists listings are counted */
export function titlesOf(dataset: Dataset, users: UserRange): Titles {
  return { listings: listingsOf(dataset, users), catalogue: dataset.catalogue };
}

/** B for whole lists from G, which is only read. */
export async function solveSlim(
  gram: BlockSymmetricMatrix,
  titles: Titles,
  options: SlimOptions,
  context: FitContext = {},
): Promise<ItemWeights> {
  return new Regressions(gram, titles, options, context).forWholeLists();
}

/** As solveSlim, and for parts of lists beside it. */
export async function solveSlimWithParts(
  gram: BlockSymmetricMatrix,
  titles: Titles,
  options: SlimOptions,
  context: FitContext = {},
): Promise<SlimWeights> {
  const regressions = new Regressions(gram, titles, options, context);
  const whole = await regressions.forWholeLists();
  const parts: ItemWeights[] = [];
  for (const { titles: seen, dropout } of PARTS)
    parts.push(await regressions.forParts(seen, Math.max(dropout, options.dropout)));
  return new SlimWeights(whole, parts);
}

/** Neighbours are chosen once, then each dropout asked for is a regression on them. */
class Regressions {
  readonly #gram: BlockSymmetricMatrix;
  readonly #titles: Titles;
  readonly #options: SlimOptions;
  readonly #context: FitContext;
  readonly #own: Float32Array;
  #neighbours: Promise<Csr> | null = null;

  constructor(
    gram: BlockSymmetricMatrix,
    titles: Titles,
    options: SlimOptions,
    context: FitContext,
  ) {
    this.#gram = gram;
    this.#titles = titles;
    this.#options = options;
    this.#context = context;
    this.#own = gram.diagonal();
  }

  async forWholeLists(): Promise<ItemWeights> {
    const { dropout, prior, weights, odds } = this.#options;
    const { catalogue } = this.#titles;
    const rows = await this.#regress(dropout, standingOf(catalogue, odds));
    const multipliers = new ScoreMultipliers(placesOf(catalogue), odds);
    return new ItemWeights('slim', rows, weights, this.#prior(prior), 'newcomers', multipliers);
  }

  /**
   * Regressions shrink with the dropout, so they are scaled to the size of those for whole lists.
   * @param titles of a part
   */
  async forParts(titles: number, dropout: number): Promise<ItemWeights> {
    const { prior, weights } = this.#options;
    const scale = (1 - this.#options.dropout) / (1 - dropout);
    const rows = await this.#regress(dropout, new Float64Array(this.#own.length).fill(scale));
    const strength = prior * Math.sqrt(EVEN_PRIOR / titles);
    return new ItemWeights(partName(titles), rows, weights, this.#prior(strength), 'everyone');
  }

  #prior(strength: number): Float32Array | null {
    return strength > 0 ? priorOf(this.#titles.listings, strength) : null;
  }

  /** Column j of B times scale[j], by rows. */
  async #regress(dropout: number, scale: Float64Array): Promise<Csr> {
    const { regularization, columnPower } = this.#options;
    const ridge = this.#own.map((entry) => regularization + (dropout / (1 - dropout)) * entry);
    this.#neighbours ??= this.#choose();
    const { weights, rest } = await regressOnNeighbours(
      this.#gram,
      ridge,
      await this.#neighbours,
      this.#context,
    );
    const { rows, indptr, values } = weights;
    for (let j = 0; j < rows; j++) {
      const factor = scale[j] * rest[j] ** -columnPower;
      for (let p = indptr[j]; p < indptr[j + 1]; p++) values[p] *= factor;
    }
    return transpose(weights);
  }

  #choose(): Promise<Csr> {
    const scale = this.#own.map((entry) => 1 / Math.sqrt(Math.max(entry, LEAST_OWN)));
    const limits = neighbourCounts(this.#titles.listings, this.#options);
    return strongestOfColumns(this.#gram, limits, { ...this.#context, scale });
  }
}

/** k_j: `neighbours` on average (before the limits), more for titles that more people list. */
export function neighbourCounts(
  { counts }: Listings,
  { neighbours, listingPower }: Pick<SlimOptions, 'neighbours' | 'listingPower'>,
): Uint32Array {
  const shares = Float64Array.from(counts, (count) => (1 + count) ** listingPower);
  const unit = (neighbours * counts.length) / shares.reduce((sum, share) => sum + share, 0);
  return Uint32Array.from(shares, (share) => Math.min(MOST, Math.max(LEAST, share * unit)));
}

export const slim = defineModel({
  name: 'slim',
  options: SlimOptions,
  async fit(dataset, options, context) {
    const grams = context.grams ?? new GramCache(dataset, context);
    const gram = await grams.userGram(options, 'overwrite');
    if (options.content > 0)
      addScaled(gram, await grams.contentGram(options.features, 'overwrite'), options.content);
    const users = context.users ?? dataset.parts.train;
    return solveSlimWithParts(gram, titlesOf(dataset, users), options, context);
  },
  load: (folder) => SlimWeights.load(folder, 'slim'),
});
