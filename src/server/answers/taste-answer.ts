/** A portrait of a taste as the API answers with it: titles as cards, numbers as fine as a chart can show. */
import type { Taste as TasteAnswer } from '../../api/taste.ts';
import type { Anime } from '../../data/anime.ts';
import type { Preference } from '../../taste/preferences.ts';
import type { Taste } from '../../taste/taste.ts';
import { cardOf } from './card.ts';

/** @param ignored ids of the request that are not in the catalogue */
export function tasteAnswer(taste: Taste, ignored: readonly number[], bundle: string): TasteAnswer {
  const { seen, scored, genres, themes, decades, scale, steering, surprises, kindred } = taste;
  return {
    seen,
    scored,
    genres: genres.map(preferenceOf),
    themes: themes.map(preferenceOf),
    decades: decades.map(preferenceOf),
    scale: scaleOf(scale),
    steering: steering.map(({ anime, rating, share, brings }) => ({
      anime: cardOf(anime),
      rating,
      share: fine(share),
      brings: brings && namesOf(brings),
    })),
    surprises: {
      higher: surprises.higher.map(surpriseOf),
      lower: surprises.lower.map(surpriseOf),
    },
    kindred: kindred && {
      people: kindred.people,
      among: kindred.among,
      shared: kindred.shared,
      loves: kindred.loves.map(({ anime, lovers, everyone }) => ({
        anime: cardOf(anime),
        lovers,
        everyone: fine(everyone),
      })),
    },
    ignored: [...ignored],
    bundle,
  };
}

function scaleOf({ mine, everyone, mean, everyoneMean, aboveCrowd }: Taste['scale']) {
  return {
    mine: [...mine],
    everyone: [...everyone],
    mean: mean && fine(mean),
    everyoneMean: everyoneMean && fine(everyoneMean),
    aboveCrowd: aboveCrowd && fine(aboveCrowd),
  };
}

function preferenceOf({ kind, titles, mine, everyone, lean, sure }: Preference<string | number>) {
  const shares = { mine: fine(mine), everyone: fine(everyone) };
  return { kind, titles, ...shares, lean: fine(lean), sure: fine(sure) };
}

function surpriseOf({ anime, rating, predicted }: Taste['surprises']['higher'][number]) {
  return { anime: cardOf(anime), rating, predicted: fine(predicted) };
}

function namesOf({ animeId, title, titleEnglish, titleJapanese }: Anime) {
  return { animeId, title, titleEnglish, titleJapanese };
}

function fine(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
