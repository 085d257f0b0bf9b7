/**
 * The rules about single titles: a hidden title gets the score −∞, so that no ranking takes it. Adult titles are skipped
 * in the ranking instead: hiding a thousand of them beforehand takes as long as parsing the request.
 */
import { ANIME_TYPES } from '../data/anime.ts';
import type { Profile } from '../data/interactions.ts';
import { HIDDEN, hideListed } from '../model/mask.ts';
import { type Facets, genreMask } from './facets.ts';
import type { Rules } from './rules.ts';

/** Hides titles in place by all rules but the one about adult titles. */
export function hideByRules(
  scores: Float32Array,
  facets: Facets,
  profile: Profile,
  rules: Rules,
): void {
  hideListed(scores, profile, { seen: !rules.seen, planned: !rules.planned });
  if (rules.types.length > 0) {
    const allowed = new Set(rules.types.map((type) => 1 + ANIME_TYPES.indexOf(type)));
    hideWhere(scores, facets.types, (type) => !allowed.has(type));
  }
  if (rules.years !== null) {
    const [from, to] = rules.years;
    hideWhere(scores, facets.years, (year) => year === 0 || year < from || year > to);
  }
  if (rules.minMembers > 0)
    hideWhere(scores, facets.members, (members) => members < rules.minMembers);
  if (rules.genresIn.length > 0 || rules.genresOut.length > 0) hideByGenre(scores, facets, rules);
}

function hideWhere(
  scores: Float32Array,
  column: ArrayLike<number>,
  isHidden: (value: number) => boolean,
): void {
  for (let item = 0; item < scores.length; item++)
    if (isHidden(column[item])) scores[item] = HIDDEN;
}

function hideByGenre(scores: Float32Array, facets: Facets, { genresIn, genresOut }: Rules): void {
  if (genresIn.some((name) => !facets.genres.includes(name))) {
    scores.fill(HIDDEN);
    return;
  }
  const wanted = genreMask(facets, genresIn);
  const unwanted = genreMask(facets, genresOut);
  const { genreBits, words } = facets;
  for (let item = 0; item < scores.length; item++) {
    for (let word = 0; word < words; word++) {
      const bits = genreBits[item * words + word];
      if ((bits & wanted[word]) >>> 0 !== wanted[word] || (bits & unwanted[word]) !== 0)
        scores[item] = HIDDEN;
    }
  }
}

/** Whether the rules hide a title: `hideByRules` did, or it is adult and such titles are not wanted. */
export function isHidden(
  item: number,
  scores: Float32Array,
  { adult }: Facets,
  rules: Pick<Rules, 'adult'>,
): boolean {
  return scores[item] === HIDDEN || (!rules.adult && adult[item] === 1);
}
