/**
 * The rules about single titles: a hidden title gets the score −∞, so that no ranking takes it. Adult titles are skipped
 * in the ranking instead: hiding a thousand of them beforehand takes as long as parsing the request.
 */
import { ANIME_TYPES } from '../data/anime.ts';
import { type Profile, STATUS } from '../data/interactions.ts';
import { HIDDEN, hideListed } from '../model/mask.ts';
import { levelOf, UNKNOWN_AGE } from './age-level.ts';
import { BROADCASTS, type Facets, genreMask } from './facets.ts';
import type { Rules } from './rules.ts';

/** Hides titles in place by all rules but the one about adult titles. */
export function hideByRules(
  scores: Float32Array,
  facets: Facets,
  profile: Profile,
  rules: Rules,
): void {
  hideListed(scores, profile, { seen: !rules.seen, planned: !rules.planned });
  hideStories(scores, facets, profile, rules);
  hideUnasked(scores, facets, rules);
  hideByForm(scores, facets, rules);
  hideByTime(scores, facets, rules);
  if (rules.minMembers > 0)
    hideWhere(scores, facets.members, (members) => members < rules.minMembers);
  if (rules.minScore > 0) {
    // Mean scores are kept as 32-bit numbers: 8.7 there is a little less than 8.7 here.
    const least = Math.fround(rules.minScore);
    hideWhere(scores, facets.meanScores, (score) => score < least);
  }
  if (rules.ageRating !== null) {
    const most = levelOf(rules.ageRating);
    hideWhere(scores, facets.ageLevels, (level) => level === UNKNOWN_AGE || level > most);
  }
  if (rules.genresIn.length > 0 || rules.genresOut.length > 0) hideByGenre(scores, facets, rules);
  hideByName(scores, facets, rules);
}

function hideWhere(
  scores: Float32Array,
  column: ArrayLike<number>,
  isHidden: (value: number) => boolean,
): void {
  for (let item = 0; item < scores.length; item++)
    if (isHidden(column[item])) scores[item] = HIDDEN;
}

/** The rules about what follows something in the profile. What has been completed counts as the end of a drop. */
function hideStories(
  scores: Float32Array,
  { followers }: Facets,
  { items, statuses }: Profile,
  { dropped, sequels }: Rules,
): void {
  if (dropped && sequels) return;
  const completed = new Set<number>();
  for (let p = 0; p < items.length; p++)
    if (statuses[p] === STATUS.completed) completed.add(items[p]);
  for (let p = 0; p < items.length; p++) {
    const status = statuses[p];
    if (!dropped && status === STATUS.dropped) {
      scores[items[p]] = HIDDEN;
      followers.walk(items[p], (item) => {
        if (completed.has(item)) return false;
        scores[item] = HIDDEN;
        return true;
      });
    }
    if (!sequels && status !== STATUS.plan_to_watch)
      followers.walk(items[p], (item) => {
        scores[item] = HIDDEN;
        return true;
      });
  }
}

const MUSIC = 1;
const UNAIRED = BROADCASTS.indexOf('unaired');

/** What nobody means unless they say so; a wish for music videos says so. */
function hideUnasked(scores: Float32Array, facets: Facets, rules: Rules): void {
  const { extras, broadcasts } = facets;
  const wantsMusic = rules.types.includes('Music');
  for (let item = 0; item < scores.length; item++) {
    const isExtra = extras[item] !== 0 && !(wantsMusic && extras[item] === MUSIC);
    if ((!rules.extras && isExtra) || (!rules.unaired && broadcasts[item] === UNAIRED))
      scores[item] = HIDDEN;
  }
}

function hideByForm(scores: Float32Array, facets: Facets, rules: Rules): void {
  const { types, episodes, maxDuration } = rules;
  if (types.length > 0) {
    const allowed = new Set(types.map((type) => 1 + ANIME_TYPES.indexOf(type)));
    hideWhere(scores, facets.types, (type) => !allowed.has(type));
  }
  if (episodes !== null) {
    const [least, most] = episodes;
    hideWhere(scores, facets.episodes, (count) => count === 0 || count < least || count > most);
  }
  if (maxDuration !== null)
    hideWhere(scores, facets.durations, (minutes) => minutes === 0 || minutes > maxDuration);
}

function hideByTime(scores: Float32Array, facets: Facets, { years, airing }: Rules): void {
  if (years !== null) {
    const [from, to] = years;
    hideWhere(scores, facets.years, (year) => year === 0 || year < from || year > to);
  }
  if (airing !== 'any') {
    const wanted = BROADCASTS.indexOf(airing);
    hideWhere(scores, facets.broadcasts, (broadcast) => broadcast !== wanted);
  }
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

/** The rules about studios and themes. */
function hideByName(scores: Float32Array, { studios, themes }: Facets, rules: Rules): void {
  const studiosIn = rules.studiosIn.map((name) => studios.get(name.toLowerCase()) ?? []);
  if (studiosIn.length > 0) hideOthers(scores, studiosIn.flat());
  for (const name of rules.studiosOut) hideItems(scores, studios.get(name.toLowerCase()));
  for (const id of rules.themesIn) hideOthers(scores, themes.get(id) ?? []);
  for (const id of rules.themesOut) hideItems(scores, themes.get(id));
}

function hideItems(scores: Float32Array, items: readonly number[] = []): void {
  for (const item of items) scores[item] = HIDDEN;
}

function hideOthers(scores: Float32Array, items: readonly number[]): void {
  const kept = items.map((item) => scores[item]);
  scores.fill(HIDDEN);
  items.forEach((item, n) => {
    scores[item] = kept[n];
  });
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
