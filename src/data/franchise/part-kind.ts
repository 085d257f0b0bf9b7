/**
 * What a title is in its story: a part of the main story, or something beside it. Title, form and the beginning of the
 * synopsis say so; the patterns were checked on the 2020 catalogue.
 */
import type { Anime } from '../anime.ts';

export const PART_KINDS = [
  'main',
  'recap',
  'picture-drama',
  'promo',
  'music',
  'crossover',
  'extra',
] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** What kinds need of a title. */
export type KindFacts = Pick<
  Anime,
  'animeId' | 'title' | 'titleJapanese' | 'type' | 'episodes' | 'duration' | 'members' | 'synopsis'
>;

/** Crossovers whose names and synopses do not say so. */
const CROSSOVERS: ReadonlySet<number> = new Set([
  6115, // Lupin III vs. Detective Conan
  18429, // Lupin III vs. Detective Conan: The Movie
]);

const RECAP_TITLE = /\brecaps?\b|soushuuhen|\bdigest\b|総集編|ダイジェスト/i;
const RECAP =
  /^(?:an? |the |first |second |third )*(?:\S+ ){0,4}?(?:recaps?\b(?! OF\b)|summary (?:episode|film|movie|of))|\brecap (?:episodes?|films?|movies?|special|of)\b|\bcompilation (?:film|movie|of (?:the )?(?:first |last )?(?:\d+ |tv )?episodes)|\bsummariz(?:es|ing) (?:all |the )?(?:\d+ |first |tv )|\bcondensed version of the\b|\bre-edit(?:ed|ing)? (?:version )?of the\b|\bis a recap\b|\brecapping\b/i;
const PICTURE_DRAMA = /picture drama|ピクチャードラマ/i;
const PROMO_TITLE =
  /(?:^|[^\p{L}])(?:PVs?|CMs?)(?![\p{L}])|\b(?:promotion(?:al)? (?:video|anime)|trailers?|teasers?|commercials?)\b/u;
const PROMO =
  /\b(?:promotional (?:video|anime|animation|film|short|clip|movie)s?|commercials? (?:for|of|produced)|advertisements?|anime (?:PV|CM))\b/i;
const MUSIC_TITLE = /\bmusic (?:video|clip)s?\b/i;
const CROSSOVER = /\bcrossover\b|\bcollaboration (?:between|special|of|with)\b/i;
const CROSSOVER_TITLE = /\bprecure all stars\b|\bcollaboration\b|\bcrossover\b/i;

/** Letters of a synopsis that say what a title is; later ones tell the story. */
const BEGINNING = 160;
/** minutes of an episode: promotional videos are not longer */
const PROMO_MINUTES = 10;
/** a collaboration of this length promotes something */
const COLLABORATION_MINUTES = 2;

/** What a title is by itself: never `extra`, which depends on its story. */
export function ownKind(anime: KindFacts): Exclude<PartKind, 'extra'> {
  const { animeId, title, titleJapanese, type, duration } = anime;
  const names = `${title} ${titleJapanese ?? ''}`;
  const beginning = (anime.synopsis ?? '').slice(0, BEGINNING);
  if (type === 'Music' || MUSIC_TITLE.test(title)) return 'music';
  if (PICTURE_DRAMA.test(names)) return 'picture-drama';
  const isShort = (duration ?? 0) <= PROMO_MINUTES;
  if (type !== 'TV') {
    if (RECAP_TITLE.test(names)) return 'recap';
    if (PICTURE_DRAMA.test(beginning)) return 'picture-drama';
    if (isShort && (PROMO_TITLE.test(title) || PROMO.test(beginning))) return 'promo';
    if (CROSSOVERS.has(animeId) || CROSSOVER_TITLE.test(title) || CROSSOVER.test(beginning))
      return (duration ?? Infinity) <= COLLABORATION_MINUTES ? 'promo' : 'crossover';
    if (RECAP.test(beginning)) return 'recap';
  }
  return 'main';
}

/** Kinds that the rule `extras` is about. */
export function isLeftOutByDefault(kind: PartKind): boolean {
  return kind === 'recap' || kind === 'picture-drama' || kind === 'promo' || kind === 'music';
}

/** minutes: a special of this length is a film */
const FEATURE_MINUTES = 60;
/** Episodes are short beside those of a story whose episodes are twice as long. */
const SHORT_MINUTES = 10;
const EXTRA_EPISODES = 3;
const EXTRA_MINUTES = 45;

/**
 * The kind of each title of a story. Specials, shorts, and OVA and ONA of a few episodes beside a better-known series or
 * film are extras.
 */
export function partKinds(story: readonly KindFacts[]): PartKind[] {
  const own = story.map(ownKind);
  const backbone = story.filter((anime, n) => own[n] === 'main' && isBackbone(anime));
  return story.map((anime, n) =>
    own[n] === 'main' && isExtra(anime, backbone) ? 'extra' : own[n],
  );
}

function isBackbone({ type, duration }: KindFacts): boolean {
  return (type === 'TV' || type === 'Movie') && (duration ?? SHORT_MINUTES) > SHORT_MINUTES;
}

function isExtra(anime: KindFacts, backbone: readonly KindFacts[]): boolean {
  const { type, members } = anime;
  if (!backbone.some((other) => other !== anime && other.members > members)) return false;
  const minutes = anime.duration ?? 0;
  if (type === 'Special') return minutes < FEATURE_MINUTES;
  if (minutes > 0 && minutes <= SHORT_MINUTES) return true;
  const isOva = type === 'OVA' || type === 'ONA';
  return isOva && (anime.episodes ?? Infinity) <= EXTRA_EPISODES && minutes < EXTRA_MINUTES;
}
