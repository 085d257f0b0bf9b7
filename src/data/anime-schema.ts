/** A title as a schema: what a bundle's catalogue must look like, and what an answer about a title does. */
import { Type } from 'typebox';
import { ANIME_TYPES } from './anime.ts';

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(
  type: T,
  description?: string,
) => Type.Union([type, Type.Null()], description ? { description } : {});
const name = (description?: string) => nullable(Type.String(), description);
const count = (description: string) => Type.Integer({ minimum: 0, description });

export const AnimeSchema = Type.Object({
  animeId: Type.Integer({
    minimum: 0,
    maximum: 2 ** 31 - 1,
    description: "MyAnimeList's id",
    examples: [5114],
  }),
  title: Type.String({
    description: "romaji, as MyAnimeList's main title",
    examples: ['Fullmetal Alchemist: Brotherhood'],
  }),
  titleEnglish: name(),
  titleJapanese: name(),
  synonyms: Type.Array(Type.String()),
  type: nullable(Type.Enum([...ANIME_TYPES])),
  episodes: nullable(Type.Integer()),
  year: nullable(Type.Integer({ minimum: 0, maximum: 9999 }), 'of the first broadcast'),
  season: nullable(Type.Enum(['winter', 'spring', 'summer', 'fall'])),
  airedFrom: name('ISO date, as precise as known: 2009-04-05, 2009-04 or 2009'),
  airedTo: name('as airedFrom'),
  duration: nullable(Type.Number(), 'minutes an episode'),
  source: name('Manga, Light novel, Original, …'),
  ratingClass: name('PG-13, R, …'),
  adult: Type.Boolean(),
  genres: Type.Array(Type.String()),
  studios: Type.Array(Type.String()),
  themes: Type.Array(Type.String(), { description: 'ids of themes, such as time-travel' }),
  members: count('people who have it on their list'),
  meanScore: nullable(Type.Number(), '1–10'),
  synopsis: name(),
  franchise: nullable(
    Type.Object({
      franchiseId: Type.Integer({ description: "animeId of the story's first title" }),
      name: Type.String(),
      position: count('1 = first to watch'),
      size: count('how many titles the franchise has'),
      prerequisite: nullable(Type.Integer(), 'animeId of the title to have seen first'),
    }),
    'where it stands in its story; null = a title of its own',
  ),
});
