/** What is known about a title, as one line and as one sentence. */
import type { Anime } from './answers.ts';

const TYPE_WORD: Record<string, string> = {
  TV: 'TV series',
  Movie: 'film',
  OVA: 'OVA',
  ONA: 'web series',
  Special: 'special',
  Music: 'music video',
};

const SOURCE_WORDS: Record<string, string> = {
  Original: 'an original story',
  Manga: 'from a manga',
  'Web manga': 'from a web manga',
  '4-koma manga': 'from a four-panel manga',
  'Light novel': 'from a light novel',
  Novel: 'from a novel',
  'Visual novel': 'from a visual novel',
  Game: 'from a game',
  'Card game': 'from a card game',
  Book: 'from a book',
  'Picture book': 'from a picture book',
};

/** "2019 · TV · 12 ep · Mystery, Slice of Life"; the score stands apart, in its own colour. */
export function factsLine(anime: Anime, genres = 3): string {
  const type = anime.type === 'Movie' ? 'Film' : anime.type;
  const episodes = anime.episodes && anime.episodes > 1 ? `${anime.episodes} ep` : null;
  const parts = [anime.year, type, episodes, anime.genres.slice(0, genres).join(', ')];
  return parts.filter(Boolean).join(' · ');
}

/** "A 26-episode TV series from autumn 2005 by Artland, from a manga: adventure and mystery. …" */
export function factsSentence(anime: Anime): string {
  const what = [
    startOf(anime),
    whenOf(anime),
    anime.studios.length ? `by ${and(anime.studios)}` : '',
  ].filter(Boolean);
  const source = anime.source ? SOURCE_WORDS[anime.source] : undefined;
  const genres = anime.genres.length ? `: ${and(anime.genres.map(genreWord))}` : '';
  return `${what.join(' ')}${source ? `, ${source}` : ''}${genres}.`;
}

/** "8.7 from the people who scored it, on 712,000 lists", or null when nothing is known. */
export function crowdSentence(anime: Anime): string | null {
  const lists = anime.members > 0 ? `on ${roundly(anime.members)} lists` : null;
  if (anime.meanScore === null) return lists && `Not scored yet, ${lists}.`;
  const score = `${anime.meanScore.toFixed(1)} from the people who scored it`;
  return `${[score, lists].filter(Boolean).join(', ')}.`;
}

/** The other names of a title, each once. */
export function otherTitles(anime: Anime): string[] {
  const names = [anime.titleEnglish, anime.titleJapanese].filter((name) => name !== null);
  return names.filter((name) => bare(name) !== bare(anime.title));
}

/** Letters and digits alone: "Alchemist:Brotherhood" is "Alchemist: Brotherhood". */
function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The English title where it tells more than the main one. */
export function englishTitle(anime: Anime): string | null {
  return otherTitles(anime).find((name) => name === anime.titleEnglish) ?? null;
}

function startOf({ type, episodes }: Anime): string {
  const word = (type && TYPE_WORD[type]) ?? 'title';
  if (episodes && episodes > 1) return `${articleOf(episodes)} ${episodes}-episode ${word}`;
  return /^[aeo]/i.test(word) ? `An ${word}` : `A ${word}`;
}

/** an 8-, 11-, 18-, 80-episode series; a 12-episode one */
function articleOf(count: number): string {
  return /^(8|11$|18$)/.test(String(count)) ? 'An' : 'A';
}

function whenOf({ season, year }: Anime): string {
  if (year === null) return '';
  return season ? `from ${season === 'fall' ? 'autumn' : season} ${year}` : `from ${year}`;
}

function genreWord(genre: string): string {
  return ['Sci-Fi', 'Shounen Ai', 'Shoujo Ai'].includes(genre) ? genre : genre.toLowerCase();
}

export function and(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** 712,483 → "712,000": two or three leading digits say enough. */
export function roundly(count: number): string {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 2);
  return (Math.round(count / step) * step).toLocaleString('en');
}
