/** Titles: by name, by id, similar ones, and those to start from. */
import { type Static, Type } from 'typebox';
import { AnimeSchema } from '../data/anime-schema.ts';
import { PART_KINDS, SIMILAR_BY } from './constants/enums.ts';
import { MAX_STARTERS, MAX_TITLES } from './constants/limits.ts';
import {
  DEFAULT_SIMILAR,
  DEFAULT_SIMILAR_BY,
  DEFAULT_STARTERS,
  DEFAULT_TITLES,
} from './defaults.ts';
import { cursor, id, limit, named, next, nullable, strict } from './fields.ts';

const { synopsis: _, synonyms: __, themes: ___, ...briefFields } = AnimeSchema.properties;
const { airedFrom, airedTo, duration, source, ratingClass, franchise, ...cardFields } = briefFields;

/** A title of a person's list. */
export const BriefSchema = Type.Object(briefFields, named('Brief'));
export type Brief = Static<typeof BriefSchema>;

const shown = { ...cardFields, synopsis: nullable(Type.String(), 'the first words of it') };

/** A title in a list of titles. */
export const CardSchema = Type.Object(shown, named('Card'));
export type Card = Static<typeof CardSchema>;

const kind = Type.Enum([...PART_KINDS], {
  description:
    'what it is in its story: a part of the main story, or beside it a recap, a picture drama, a promotional or music video, a crossover with other stories, or an extra such as a short special',
});

/** A title in the watch order of its story. */
export const StoryPartSchema = Type.Object({ ...shown, kind }, named('StoryPart'));
export type StoryPart = Static<typeof StoryPartSchema>;

export const TitleSchema = Type.Object(
  {
    ...AnimeSchema.properties,
    kind,
    franchiseTitles: Type.Array(StoryPartSchema, {
      description: 'its whole story in watch order, itself included; empty when it stands alone',
    }),
  },
  named('Title'),
);
export type Title = Static<typeof TitleSchema>;

export const AnimeParams = Type.Object({ animeId: id() });

export const SearchQuery = Type.Object(
  {
    query: Type.Optional(Type.String({ maxLength: 200, default: '', examples: ['fullmetal'] })),
    limit: limit(MAX_TITLES, { default: DEFAULT_TITLES }),
    adult: Type.Optional(Type.Boolean({ default: false, description: 'adult titles too' })),
    cursor,
  },
  strict,
);
export type SearchQuery = Static<typeof SearchQuery>;

export const TitlesSchema = Type.Object(
  {
    items: Type.Array(CardSchema),
    next,
    lastYear: nullable(
      Type.Integer(),
      'the year with which the catalogue ends: later titles are not in it',
    ),
  },
  named('Titles'),
);
export type Titles = Static<typeof TitlesSchema>;

export const SimilarQuery = Type.Object(
  {
    by: Type.Optional(
      Type.Enum([...SIMILAR_BY], {
        default: DEFAULT_SIMILAR_BY,
        description: 'what they have in common: people and content, or one of them',
      }),
    ),
    limit: limit(MAX_TITLES, { default: DEFAULT_SIMILAR }),
    cursor,
  },
  strict,
);
export type SimilarQuery = Static<typeof SimilarQuery>;

export const SimilarSchema = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          anime: CardSchema,
          score: Type.Number(),
          themes: Type.Array(Type.String(), { description: 'ids of those that both titles have' }),
        },
        named('SimilarTitle'),
      ),
    ),
    next,
  },
  named('SimilarTitles'),
);
export type SimilarTitles = Static<typeof SimilarSchema>;

export const StartersQuery = Type.Object(
  { limit: limit(MAX_STARTERS, { default: DEFAULT_STARTERS }) },
  strict,
);
export type StartersQuery = Static<typeof StartersQuery>;

export const StartersSchema = Type.Object({ items: Type.Array(CardSchema) }, named('Starters'));
export type Starters = Static<typeof StartersSchema>;
