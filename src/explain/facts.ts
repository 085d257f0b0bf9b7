/** Everything that an explanation may say about why one title suits one person. */
import type { Anime } from '../data/anime.ts';
import type { Profile, StatusName } from '../data/interactions.ts';
import { type Because, becauseOf } from '../recommend/because.ts';
import type { Bundle } from '../recommend/bundle.ts';
import { DEFAULT_BECAUSE } from '../recommend/defaults.ts';
import { statusName } from '../recommend/profile.ts';
import type { ShownOrder } from '../recommend/shown-groups.ts';

/** A title of the profile that supports the recommendation. */
export interface Cause {
  readonly anime: Anime;
  /** of the whole score, prior included */
  readonly share: number;
  /** 1–10; null = not scored */
  readonly rating: number | null;
  readonly status: StatusName;
}

/** The main reason of the recommendation: an explanation begins with it. Popularity: most of the score, or all there is. */
export type Dominant = 'story' | 'one' | 'few' | 'many' | 'popularity';

export interface Facts {
  readonly anime: Anime;
  readonly score: number;
  readonly prior: number;
  /** the requested number of reasons, with their exact shares */
  readonly because: readonly Because[];
  /** what the second stage made of its place; null = none did */
  readonly order: ShownOrder | null;
  readonly dominant: Dominant;
  /** the few reasons that an explanation names, strongest first */
  readonly causes: readonly Cause[];
  /** what the title has in common with all of `causes` */
  readonly shared: {
    readonly genres: readonly string[];
    /** ids */
    readonly themes: readonly string[];
    readonly studios: readonly string[];
    readonly source: string | null;
  };
}

export type FactsBundle = Pick<Bundle, 'catalogue' | 'items' | 'models' | 'ranker'>;

const MOST_CAUSES = 3;
/** A cause with a smaller share than this is not named, unless it is the largest. */
const MIN_SHARE = 0.05;
/** The share from which one title is the main reason; from half of it on, several titles together are. */
const MAIN_SHARE = 0.5;
/** The sum of shares from which a few titles are named as the reason, and not many hints. */
const FEW_SHARE = 0.25;

export interface FactsOptions {
  /** the most reasons to return; default 5 */
  readonly because?: number;
  /** animeIds of the profile that do not count as reasons */
  readonly without?: readonly number[];
}

/** @param item the title to explain; the profile may contain it */
export function factsOf(
  bundle: FactsBundle,
  profile: Profile,
  item: number,
  { because: limit = DEFAULT_BECAUSE, without = [] }: FactsOptions = {},
): Facts {
  const { catalogue, models, ranker } = bundle;
  const model = models.hybrid.forList(profile);
  const weights = ranker.weigh(profile, without);
  const score = model.rankScores(profile, weights).scores[item];
  const [prior] = model.priorsOf(profile, [item], weights);
  const most = Math.max(limit, MOST_CAUSES);
  const [all] = becauseOf(catalogue, model.explain(profile, weights, [item], most), [prior]);
  const anime = catalogue[item];
  const strongest = strongestCauses(bundle, profile, all);
  const dominant = dominantOf(anime, strongest, score, prior);
  const causes = dominant === 'few' || dominant === 'many' ? strongest : strongest.slice(0, 1);
  return {
    anime,
    score,
    prior,
    because: all.slice(0, limit),
    order: ranker.orderOf(profile, item, weights),
    dominant,
    causes,
    shared: sharedBy(anime, causes),
  };
}

/** The part of the score that no title caused. */
export function knownShare({ score, prior }: Pick<Facts, 'score' | 'prior'>): number {
  return score > 0 ? Math.min(1, Math.max(0, prior / score)) : 0;
}

/** Leaves out dropped and badly rated titles: they would explain nothing, even when they add a little to the score. */
function strongestCauses(
  { catalogue, items }: FactsBundle,
  profile: Profile,
  because: readonly Because[],
): Cause[] {
  const causes = because
    .filter(({ shareOfScore }) => shareOfScore > 0)
    .map(({ animeId, shareOfScore: share }) => {
      const item = items.indexOf(animeId);
      const p = profile.items.indexOf(item);
      const rating = profile.ratings[p] || null;
      return { anime: catalogue[item], share, rating, status: statusName(profile.statuses[p]) };
    })
    .filter(({ status, rating }) => status !== 'dropped' && (rating ?? 10) > 4);
  return causes.filter(({ share }, at) => at === 0 || share >= MIN_SHARE).slice(0, MOST_CAUSES);
}

function dominantOf(
  anime: Anime,
  causes: readonly Cause[],
  score: number,
  prior: number,
): Dominant {
  const [first, second] = causes;
  if (!first || prior >= MAIN_SHARE * score) return 'popularity';
  if (first.share >= MIN_SHARE * 2 && sameStory(anime, first.anime)) return 'story';
  if (first.share >= MAIN_SHARE && (!second || first.share >= 2 * second.share)) return 'one';
  const sum = causes.reduce((total, { share }) => total + share, 0);
  return sum >= FEW_SHARE ? 'few' : 'many';
}

export function sameStory(a: Anime, b: Anime): boolean {
  return a.franchise !== null && a.franchise.franchiseId === b.franchise?.franchiseId;
}

function sharedBy(anime: Anime, causes: readonly Cause[]): Facts['shared'] {
  if (causes.length === 0) return { genres: [], themes: [], studios: [], source: null };
  const inAll = (value: string, of: (cause: Anime) => readonly string[]) =>
    causes.every((cause) => of(cause.anime).includes(value));
  return {
    genres: anime.genres.filter((genre) => inAll(genre, ({ genres }) => genres)),
    themes: anime.themes.filter((theme) => inAll(theme, ({ themes }) => themes)),
    studios: anime.studios.filter((studio) => inAll(studio, ({ studios }) => studios)),
    source:
      anime.source !== null && causes.every((cause) => cause.anime.source === anime.source)
        ? anime.source
        : null,
  };
}
