/** How a wish was understood, in English. */
import type { AnimeType } from '../data/anime.ts';
import { THEMES } from '../data/themes/theme-names.ts';
import { genreWord } from '../explain/genre-words.ts';
import { nameOf, type TitleName } from '../explain/language.ts';
import { and } from '../explain/template-en.ts';
import { MOST_EPISODES } from './amounts.ts';
import { isEmpty, type Wish, type WishNotes } from './wish.ts';

const TYPES: Readonly<Record<AnimeType, string>> = {
  TV: 'TV series',
  Movie: 'films',
  OVA: 'OVAs',
  ONA: 'web series',
  Special: 'specials',
  Music: 'music videos',
};
const themeNames = new Map(THEMES.map(({ id, en }) => [id, en.toLowerCase()]));
/** begins what may follow a noun without a comma */
const PREPOSITION = /^(?:with|without|from|up to|by|not|of|rated|scored|including)\b/;
const themeEn = (id: string): string => themeNames.get(id) ?? id;
/** themes whose names are adjectives */
const TONES = new Set(['sad', 'cozy', 'surreal', 'post-apocalyptic']);

export function replyEn(wish: Wish, found: number, titles: TitleName): string {
  return [...notesEn(wish), understoodEn(wish, found, titles)].filter(Boolean).join(' ');
}

function understoodEn(wish: Wish, found: number, titles: TitleName): string {
  const { conflict, unread, unknownTitles, works } = wish.notes;
  if (conflict !== null) return '';
  if (isEmpty(wish)) {
    const isNamed = unread.length + unknownTitles.length + works.length > 0;
    const nothing = isNamed ? '' : 'I found neither a title nor a rule in that. ';
    return `${nothing}Try “like Mushishi but funnier”, or “films from the 90s, no horror”.`;
  }
  const sentence = sentenceEn(wish, titles);
  return found > 0 ? sentence : `${sentence} Nothing is left with all of that. Drop one of them?`;
}

function sentenceEn(wish: Wish, titles: TitleName): string {
  const { seeds, unwanted, types } = wish;
  const name = (list: Wish['seeds']) => list.map((anime) => nameOf(anime, titles));
  const tones = wish.themesIn.filter((id) => TONES.has(id)).map(themeEn);
  const kinds = types.length > 0 ? and(types.map((type) => TYPES[type])) : '';
  const what = kinds ? [...tones, kinds].join(' ') : ['something', and(tones)].join(' ').trim();
  const like = seeds.length > 0 ? ` like ${and(name(seeds))}` : '';
  const unlike = unwanted.length > 0 ? `not like ${or(name(unwanted))}` : '';
  const parts = [`${what}${like}`, unlike, ...contentEn(wish), ...limitsEn(wish)];
  const [first, ...others] = parts.filter(Boolean);
  // "something with comedy", but "something, 12 episodes"
  const joint = like === '' && PREPOSITION.test(others[0] ?? '') ? ' ' : ', ';
  const rest = others.length > 0 ? `${joint}${others.join(', ')}` : '';
  return `Looking for ${first}${rest}.`;
}

function contentEn(wish: Wish): string[] {
  const { genresIn, genresOut, themesIn, themesOut, studiosIn, studiosOut } = wish;
  const things = themesIn.filter((id) => !TONES.has(id));
  const wanted = [...genresIn.map(genreWord), ...things.map(themeEn)];
  const unwanted = [...new Set([...genresOut.map(genreWord), ...themesOut.map(themeEn)])];
  return [
    wanted.length > 0 ? `with ${and(wanted)}` : '',
    unwanted.length > 0 ? `without ${or(unwanted)}` : '',
    studiosIn.length > 0 ? `by ${or(studiosIn)}` : '',
    studiosOut.length > 0 ? `not by ${or(studiosOut)}` : '',
  ];
}

function limitsEn(wish: Wish): string[] {
  const { from, to, episodes, maxDuration, minScore, airing, niche, variety } = wish;
  return [
    yearsEn(from, to),
    episodes === null ? '' : episodesEn(episodes),
    maxDuration === null ? '' : `at most ${maxDuration} minutes each`,
    minScore > 0 ? `scored ${minScore} or more` : '',
    airing === 'finished' ? 'finished' : airing === 'airing' ? 'still airing' : '',
    ratingEn(wish),
    wish.sequels ? '' : 'no later parts of what you have seen',
    niche > 0 ? 'rather little known' : niche < 0 ? 'rather well known' : '',
    variety > 0 ? 'of many kinds' : '',
    wish.familiar ? '' : 'including the classics',
  ];
}

function ratingEn({ ageRating, notes: { age } }: Wish): string {
  if (ageRating === null) return '';
  const who = age === null ? '' : ` for somebody of ${age}`;
  return `rated ${ageRating}${ageRating === 'G' ? '' : ' at most'}${who}`;
}

function yearsEn(from: number | null, to: number | null): string {
  if (from !== null && to !== null) return from === to ? `from ${from}` : `from ${from} to ${to}`;
  if (from !== null) return `from ${from} on`;
  return to === null ? '' : `up to ${to}`;
}

function episodesEn([from, to]: readonly [number, number]): string {
  if (from === to) return from === 1 ? 'one episode' : `${from} episodes`;
  if (to >= MOST_EPISODES) return `at least ${from} episodes`;
  return from <= 1 ? `at most ${to} episodes` : `${from} to ${to} episodes`;
}

/** What could not be done, each in a sentence. */
function notesEn({ notes }: Wish): string[] {
  const { works, unknownTitles, directors, unread, conflict } = notes;
  return [
    conflict === null ? '' : `That contradicts itself: ${conflict}. Which one do you mean?`,
    works.length > 0 ? worksEn(works) : '',
    unknownTitles.length > 0 ? `I know no title called ${or(quoted(unknownTitles))}.` : '',
    directors.length > 0
      ? `My data do not say who directed what, so I start from titles by ${and(directors)}.`
      : '',
    unread.length > 0 ? `I did not understand ${and(quoted(unread))}.` : '',
  ];
}

function worksEn(works: WishNotes['works']): string {
  const are =
    works.length > 1 ? 'are no anime; I go by what they are' : 'is no anime; I go by what it is';
  return `${and(quoted(works))} ${are} known for.`;
}

const quoted = (parts: readonly string[]): string[] => parts.map((part) => `“${part}”`);

function or(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}
