/** Why a title is recommended: the titles of the profile that caused it, with their exact share of the score. */
import type { Catalogue } from '../data/anime.ts';
import type { Terms } from '../linalg/term-finder.ts';

export interface Because {
  readonly animeId: number;
  readonly title: string;
  /** contribution ÷ the sum over the profile, so that all shares sum to 1; 0 when that sum is not positive */
  readonly share: number;
  /** contribution ÷ score: with prior ÷ score they sum to 1; 0 when the score is not positive */
  readonly shareOfScore: number;
  /** what the title adds to the score: score = prior + sum of the contributions of the profile */
  readonly contribution: number;
}

/**
 * The causes of each item, strongest first.
 * @param terms the contributions that the items' scores are the sum of
 * @param priors of the items: what their scores have besides
 */
export function becauseOf(
  catalogue: Catalogue,
  { ends, items, parts, totals }: Terms,
  priors: readonly number[],
): Because[][] {
  let term = 0;
  return ends.map((end, n) => {
    const because: Because[] = [];
    for (; term < end; term++) {
      const { animeId, title } = catalogue[items[term]];
      const contribution = parts[term];
      const share = totals[n] > 0 ? contribution / totals[n] : 0;
      const score = priors[n] + totals[n];
      const shareOfScore = score > 0 ? contribution / score : 0;
      because.push({ animeId, title, share, shareOfScore, contribution });
    }
    return because;
  });
}
