/**
 * SLIM for whole lists and for parts of lists. Somebody who taps three posters has seen far more than three titles: to
 * the model this is a list with most entries dropped out, and weights fitted with as much dropout serve it best.
 */
import { type Profile, seenIn } from '../../data/interactions.ts';
import { ItemWeights } from '../item-weights/item-weights.ts';
import type { Ranked, Recommender } from '../recommender.ts';
import { type ListWeights, MixedWeights, type WeightsShare } from './mixed-weights.ts';
import { PART_SIZES, partShares } from './part-shares.ts';
import { wholenessOf } from './wholeness.ts';

/** Titles of a usual whole list. Of 150, 200 and 300 this one serves parts of 40 and 80 titles best (docs/models.md). */
const USUAL = 200;

/** Weights for parts of about `titles` titles; a part between two sizes is scored by a mixture (part-shares.ts). */
export const PARTS = PART_SIZES.map((titles) => ({ titles, dropout: 1 - titles / USUAL }));

export const partName = (titles: number) => `slim-part-${titles}`;

export class SlimWeights implements Recommender {
  readonly name: string;
  readonly items: number;

  /**
   * @param parts one each of PARTS, in that order; without any, the weights for whole lists serve all
   * @throws RangeError when they are about other titles
   */
  constructor(
    readonly whole: ItemWeights,
    readonly parts: readonly ItemWeights[] = [],
  ) {
    this.name = whole.name;
    this.items = whole.items;
    const other = parts.find(({ items }) => items !== whole.items);
    if (other)
      throw new RangeError(
        `"${other.name}" has ${other.items} items, "${whole.name}" ${whole.items}`,
      );
  }

  /** How the titles of a list count, whatever its length. */
  get options(): ItemWeights['options'] {
    return this.whole.options;
  }

  /** Those of all lengths of lists. */
  get all(): readonly ItemWeights[] {
    return [this.whole, ...this.parts];
  }

  /** The weights that a list is scored and explained by. */
  forList(profile: Profile): ListWeights {
    const shares = this.sharesFor(profile);
    return shares.length === 1 ? shares[0].weights : new MixedWeights(shares);
  }

  /**
   * Weights that a list is scored by, and how much each counts: those for whole lists first, if they count, then those for
   * parts of about its length.
   */
  sharesFor(profile: Profile): readonly WeightsShare[] {
    const whole = wholenessOf(profile);
    if (whole === 1 || this.parts.length === 0) return [{ weights: this.whole, share: 1 }];
    const shares = partShares(seenIn(profile));
    const ofWhole = whole + (1 - whole) * (shares[this.parts.length] ?? 0);
    return [
      { weights: this.whole, share: ofWhole },
      ...this.parts.map((weights, n) => ({ weights, share: (1 - whole) * shares[n] })),
    ].filter(({ share }) => share > 0);
  }

  score(profile: Profile): Float32Array {
    return this.forList(profile).score(profile);
  }

  similarItems(item: number, k: number): Ranked {
    return this.whole.similarItems(item, k);
  }

  async save(folder: string): Promise<void> {
    for (const weights of this.all) await weights.save(folder);
  }

  /** @throws ArtefactError when a file is missing, truncated, altered or not what `save` writes */
  static async load(folder: string, name: string): Promise<SlimWeights> {
    const whole = await ItemWeights.load(folder, name);
    const parts: ItemWeights[] = [];
    for (const { titles } of PARTS) parts.push(await ItemWeights.load(folder, partName(titles)));
    return new SlimWeights(whole, parts);
  }
}
