/** A portrait of a taste as JSON: titles as they stand in a list, numbers as fine as a chart can show. */
import type { Anime } from '../../data/anime.ts';
import type { Preference } from '../../taste/preferences.ts';
import type { Taste } from '../../taste/taste.ts';
import { cardJson } from '../fast-list/anime-json.ts';

export function tasteJson(taste: Taste, ignored: readonly number[], version: string): string {
  const { seen, scored, genres, decades, scale, steering, surprises, kindred } = taste;
  return JSON.stringify({
    seen,
    scored,
    genres: genres.map(preferenceJson),
    decades: decades.map(preferenceJson),
    scale: {
      mine: scale.mine,
      everyone: scale.everyone,
      mean: fine(scale.mean),
      everyoneMean: fine(scale.everyoneMean),
      aboveCrowd: fine(scale.aboveCrowd),
    },
    steering: steering.map(({ anime, rating, share, brings }) => ({
      anime: card(anime),
      rating,
      share: fine(share),
      brings: brings && namesOf(brings),
    })),
    surprises: {
      higher: surprises.higher.map(surpriseJson),
      lower: surprises.lower.map(surpriseJson),
    },
    kindred: kindred && {
      people: kindred.people,
      among: kindred.among,
      shared: kindred.shared,
      loves: kindred.loves.map(({ anime, lovers, everyone }) => ({
        anime: card(anime),
        lovers,
        everyone: fine(everyone),
      })),
    },
    ignored,
    bundle: version,
  });
}

function preferenceJson({ kind, titles, mine, everyone, lean, sure }: Preference<string | number>) {
  const numbers = {
    mine: fine(mine),
    everyone: fine(everyone),
    lean: fine(lean),
    sure: fine(sure),
  };
  return { kind, titles, ...numbers };
}

function surpriseJson({ anime, rating, predicted }: Taste['surprises']['higher'][number]) {
  return { anime: card(anime), rating, predicted: fine(predicted) };
}

function namesOf({ animeId, title, titleEnglish, titleJapanese }: Anime) {
  return { animeId, title, titleEnglish, titleJapanese };
}

/** The list's own JSON of a title, to be written again. */
function card(anime: Anime): unknown {
  return JSON.parse(cardJson(anime).toString());
}

function fine(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1e5) / 1e5;
}
