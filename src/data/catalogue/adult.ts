/** Which titles are for adults only: by every sign that a catalogue has. */
import { UsageError } from '../../error.ts';
import type { Anime } from '../anime.ts';

/** What is known of a title. */
export interface AdultSigns {
  readonly ratingClass: string | null;
  readonly genres: readonly string[];
  readonly tags: readonly string[];
  readonly studios: readonly string[];
  /** whether the catalogue has rating classes, which with the genres draw the line by themselves */
  readonly hasClasses: boolean;
}

/** Names of genres and tags that only adult titles have, in lower case. "Ecchi" is not one. */
const ADULT_WORDS = new Set([
  'hentai',
  '18 restricted',
  'pornography',
  'porn',
  'r18',
  'r-18',
  'xxx',
  'adult only',
]);
/** MyAnimeList gives this genre to titles of class R+ too; without classes, the safe side counts. */
const EXPLICIT_WORDS = new Set(['erotica', 'erotic']);

/** Studios that make adult titles only, or nearly so: where there are no classes, the safe side counts. */
const ADULT_STUDIOS = new Set(
  [
    'T-Rex',
    'PoRO',
    'Studio Jam',
    'Office Takeout',
    'Y.O.U.C',
    'AT-2',
    'Flavors Soft',
    'Suzuki Mirano',
    'Studio 9 MAiami',
    'Collaboration Works',
    'Studio 1st',
    'SELFISH',
    'Studio Eromatick',
    'G-Lam',
    'Blue Cat',
    'BreakBottle',
    'Queen Bee',
    'Office Take Off',
    'Majin',
    'Milky Animation Label',
    'Pink Pineapple',
    'Mary Jane',
    'MS Pictures',
  ].map((name) => name.toLowerCase()),
);

export function isAdult({ ratingClass, genres, tags, studios, hasClasses }: AdultSigns): boolean {
  if (ratingClass !== null && /^rx\b|hentai|\b18\s*\+|\br-?18\b/i.test(ratingClass)) return true;
  const words = [...genres, ...tags].map((word) => word.toLowerCase().trim());
  if (words.some((word) => ADULT_WORDS.has(word))) return true;
  if (hasClasses) return false;
  if (words.some((word) => EXPLICIT_WORDS.has(word))) return true;
  return studios.some((studio) => ADULT_STUDIOS.has(studio.toLowerCase()));
}

type Signs = Pick<Anime, 'ratingClass' | 'genres' | 'tags'>;

/**
 * Titles of which nothing says whether they are for adults are not served to everybody.
 * @param isAccepted whether the operator has said that they may be (--no-adult-flag)
 * @throws UsageError
 */
export function requireAdultSigns(titles: Iterable<Signs>, isAccepted: boolean): void {
  if (isAccepted) return;
  for (const { ratingClass, genres, tags = [] } of titles)
    if (ratingClass !== null || genres.length + tags.length > 0) return;
  throw new UsageError(
    'Publishing: the catalogue has neither rating classes nor genres nor tags, so that titles for adults cannot be told from others. ' +
      'Ingest a catalogue that has them, or put an anime-offline-database beside it; with --no-adult-flag the titles are published all the same, none of them marked as adult',
  );
}
