/** Words for reasons other than titles: being known, and what the second stage counts for a title. */
import type { Anime } from '../data/anime.ts';
import type { RankGroup } from '../model/rank/rank-groups.ts';
import { WELL_KNOWN_MEMBERS } from '../recommend/shown-reasons.ts';
import { type Facts, sameStory } from './facts.ts';
import type { Language } from './language.ts';

/** In English it follows "it is", in Japanese it stands before 作品 or こと. Only what many have listed is well known. */
const KNOWN: Readonly<Record<Language, readonly [well: string, little: string]>> = {
  en: ['well known and loved by many', 'liked by people of all tastes'],
  ja: ['広く知られ、多くの人に愛されている', '好みを問わず好かれている'],
};

export function knownAs({ members }: Anime, language: Language): string {
  const [well, little] = KNOWN[language];
  return members >= WELL_KNOWN_MEMBERS ? well : little;
}

/** In English a clause; in Japanese it stands before であること. */
export const MOVED: Readonly<Record<Language, Readonly<Record<RankGroup, string>>>> = {
  en: {
    story: 'it continues a story you love',
    people: 'people with lists like yours liked it',
    kind: 'its kind and genres are yours',
    years: 'it is from the years you watch',
    known: 'it is widely known',
  },
  ja: {
    story: '好きな物語の続き',
    people: '似たリストの人たちに好評',
    kind: '種類とジャンルが好みどおり',
    years: 'よく観る年代の作品',
    known: '広く知られた作品',
  },
};

/** What the second stage counts for the title, without what the explanation has said before. */
export function movedBy(facts: Facts, language: Language): string[] {
  const { anime, order, dominant, causes } = facts;
  const [first] = causes;
  const isSaid: Partial<Record<RankGroup, boolean>> = {
    story: first !== undefined && sameStory(anime, first.anime) && dominant !== 'many',
    known: dominant === 'popularity',
  };
  return (order?.shown ?? [])
    .filter((group) => !isSaid[group])
    .map((group) => MOVED[language][group]);
}
