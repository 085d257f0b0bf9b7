/** The facts about a title, in English sentences. */
import type { Title } from '../../api/client.ts';
import type { Anime } from '../title/anime.ts';
import { lists, numbers, rounded } from './format.ts';

const { and } = lists('en-GB');
const { number, decimal } = numbers('en');

const TYPE_WORD: Readonly<Record<string, string>> = {
  TV: 'TV series',
  Movie: 'film',
  OVA: 'OVA',
  ONA: 'web series',
  Special: 'special',
  Music: 'music video',
};

const SOURCE_WORDS: Readonly<Record<string, string>> = {
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

/** "A 26-episode TV series from autumn 2005 by Artland, from a manga: adventure and mystery." */
export function factsSentence(anime: Anime & Pick<Title, 'source'>): string {
  const what = [
    startOf(anime),
    whenOf(anime),
    anime.studios.length ? `by ${and(anime.studios)}` : '',
  ].filter(Boolean);
  const source = anime.source ? SOURCE_WORDS[anime.source] : undefined;
  const genres = anime.genres.length ? `: ${and(anime.genres.map(genreWord))}` : '';
  return `${what.join(' ')}${source ? `, ${source}` : ''}${genres}.`;
}

/** "8.7 from the people who scored it, on 712,000 lists.", or null when nothing is known. */
export function crowdSentence(anime: Anime): string | null {
  const lists = anime.members > 0 ? `on ${number(rounded(anime.members))} lists` : null;
  if (anime.meanScore === null) return lists && `Not scored yet, ${lists}.`;
  const score = `${decimal(anime.meanScore)} from the people who scored it`;
  return `${[score, lists].filter(Boolean).join(', ')}.`;
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
