/** Which reasons of a recommendation people are shown, and in which order: the same wherever one is shown. */

import type { RankGroup } from '../model/rank/rank-groups.ts';

/** What a reason is chosen from. */
export interface Reasoned<Cause> {
  readonly score: number;
  readonly prior: number;
  /** strongest first */
  readonly because: readonly Cause[];
  readonly order: { readonly shown: readonly RankGroup[] } | null;
}
export interface Share {
  readonly shareOfScore: number;
}

export interface ShownReasons<Cause> {
  /** the part of the score that no title caused; null = too small to be shown */
  readonly known: number | null;
  /** being known is the strongest reason */
  readonly knownFirst: boolean;
  /** titles that are named, strongest first */
  readonly titles: readonly Cause[];
  /** no title is named, because many add a little each */
  readonly hints: boolean;
  /** what the second stage counts for it; null = nothing that has not been said */
  readonly moved: RankGroup | null;
}

/** A title or being known is shown from this share of the score on; the strongest title always. */
const LEAST_SHARE = 0.05;
const LEAST_KNOWN = 0.2;
const MOST_TITLES = 2;
/** so many titles that add a little each are many */
const MANY = 3;

/** From so many members on a title counts as well known; of those with fewer it is said that all tastes like them. */
export const WELL_KNOWN_MEMBERS = 100_000;

/** @param from without the titles that are not to be named */
export function shownReasons<Cause extends Share>({
  score,
  prior,
  because,
  order,
}: Reasoned<Cause>): ShownReasons<Cause> {
  const known = score > 0 ? Math.min(1, Math.max(0, prior / score)) : 0;
  const positive = because.filter(({ shareOfScore }) => shareOfScore > 0);
  const strong = positive.filter(({ shareOfScore }) => shareOfScore >= LEAST_SHARE);
  const hints = strong.length === 0 && known < 0.5 && positive.length >= MANY;
  const isKnownShown = known >= LEAST_KNOWN;
  const named = strong.slice(0, MOST_TITLES).filter(fitsInWhole);
  // Where being known is all but everything, the strongest title still says whose list it is.
  const titles = named.length > 0 || hints ? named : positive.slice(0, 1).filter(isShown);
  return {
    known: isKnownShown ? known : null,
    knownFirst: !hints && known >= Math.max(LEAST_KNOWN, titles[0]?.shareOfScore ?? 0),
    titles,
    hints,
    moved: movedBy(order?.shown ?? [], isKnownShown, titles.length > 0),
  };
}

/** The strongest group of which the reasons before it do not say as much: a title that is named says what people like. */
function movedBy(shown: readonly RankGroup[], isKnownShown: boolean, isTitleNamed: boolean) {
  const isSaid: Partial<Record<RankGroup, boolean>> = { known: isKnownShown, people: isTitleNamed };
  return shown.find((group) => !isSaid[group]) ?? null;
}

/** Smaller shares would be shown as 0 %. */
function isShown({ shareOfScore }: Share): boolean {
  return shareOfScore >= 0.005;
}

/** Shares add up to more than 1 when other titles speak against the recommendation: then only the strongest is shown. */
function fitsInWhole({ shareOfScore }: Share, at: number, [first]: readonly Share[]): boolean {
  return at === 0 || first.shareOfScore + shareOfScore <= 1;
}
