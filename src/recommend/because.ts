/** Why a title is recommended: the titles of the profile that caused it, with their exact share of the score. */
import type { Catalogue } from '../data/anime.ts';
import type { Terms } from '../linalg/term-finder.ts';

export interface Because {
  readonly animeId: number;
  readonly title: string;
  /** of what titles of the profile add to the score: all of them add up to 1 (to nothing when they take from it) */
  readonly share: number;
  /** what the title adds to the score: with the prior, those of all titles of the profile add up to it */
  readonly contribution: number;
}

/**
 * What caused each item, strongest first.
 * @param terms of the items' scores
 */
export function becauseOf(
  catalogue: Catalogue,
  { ends, items, parts, totals }: Terms,
): Because[][] {
  let term = 0;
  return ends.map((end, n) => {
    const because: Because[] = [];
    for (; term < end; term++) {
      const { animeId, title } = catalogue[items[term]];
      const contribution = parts[term];
      const share = totals[n] > 0 ? contribution / totals[n] : 0;
      because.push({ animeId, title, share, contribution });
    }
    return because;
  });
}
