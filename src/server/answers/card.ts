/** A title as lists show it. */
import type { Card } from '../../api/anime.ts';
import type { Anime } from '../../data/anime.ts';
import { firstLetters } from '../../first-letters.ts';

/** Letters of a synopsis in a list: two lines of a page. */
const SYNOPSIS_LETTERS = 200;

/** Shortening a synopsis takes longer than finding a recommendation, so each card is made once. */
const cards = new WeakMap<Anime, Card>();

export function cardOf(anime: Anime): Card {
  let card = cards.get(anime);
  if (!card) {
    card = newCard(anime);
    cards.set(anime, card);
  }
  return card;
}

function newCard(anime: Anime): Card {
  const { animeId, title, titleEnglish, titleJapanese, type, episodes, year, season } = anime;
  const { adult, genres, studios, members, meanScore, synopsis } = anime;
  return {
    ...{ animeId, title, titleEnglish, titleJapanese, type, episodes, year, season, adult },
    genres: [...genres],
    studios: [...studios],
    members,
    meanScore,
    synopsis: synopsis === null ? null : shortened(synopsis),
  };
}

/** The first words, on one line. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  if (line.length <= SYNOPSIS_LETTERS) return line;
  const space = line.lastIndexOf(' ', SYNOPSIS_LETTERS);
  const start = space > 0 ? line.slice(0, space) : firstLetters(line, SYNOPSIS_LETTERS);
  return `${start.replace(/[\s,;:]+$/, '')} …`;
}
