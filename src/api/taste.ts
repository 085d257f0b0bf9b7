/** What a list of ratings says about its owner's taste, against everyone. */
import { type Static, Type } from 'typebox';
import { CardSchema } from './anime.ts';
import { ignored, named, nullable, strict } from './fields.ts';
import { ratings, whole } from './ratings.ts';

export const TasteBody = Type.Object(
  { ratings, whole },
  {
    ...strict,
    title: 'TasteRequest',
    examples: [
      {
        ratings: [
          { animeId: 5114, rating: 9, status: 'completed' },
          { animeId: 457, rating: 10 },
        ],
      },
    ],
  },
);
export type TasteBody = Static<typeof TasteBody>;

const counts = (description: string) => Type.Array(Type.Integer(), { description });

const PreferenceSchema = Type.Object(
  {
    kind: Type.Union([Type.String(), Type.Integer()], {
      description: 'a genre, the id of a theme, or the first year of a decade',
    }),
    titles: Type.Integer({ description: 'of this kind that were seen' }),
    mine: Type.Number({ description: 'share of what is seen and liked, drawn towards everyone’s' }),
    everyone: Type.Number({ description: 'the same of everyone' }),
    lean: Type.Number({ description: 'log odds ratio; above 0 = favoured' }),
    sure: Type.Number({ description: 'lean by its standard error; beyond ±1.5 hardly chance' }),
  },
  named('Leaning'),
);

const SurpriseSchema = Type.Object(
  {
    anime: CardSchema,
    rating: Type.Integer(),
    predicted: Type.Number({ description: 'what all other scores say it would be' }),
  },
  named('Surprise'),
);

const InfluenceSchema = Type.Object(
  {
    anime: CardSchema,
    rating: nullable(Type.Integer()),
    share: Type.Number({ description: 'of the influence of all titles on the first 50' }),
    brings: nullable(
      Type.Object(
        {
          animeId: Type.Integer(),
          title: Type.String(),
          titleEnglish: nullable(Type.String()),
          titleJapanese: nullable(Type.String()),
        },
        named('Names'),
      ),
    ),
  },
  named('Steering'),
);

const SimilarUsersSchema = Type.Object(
  {
    people: Type.Integer(),
    among: Type.Integer(),
    shared: Type.Integer({ description: 'titles in common: the median' }),
    loves: Type.Array(
      Type.Object(
        {
          anime: CardSchema,
          lovers: Type.Integer({ description: 'of these people' }),
          everyone: Type.Number({ description: 'share of everyone that loves it' }),
        },
        named('Loved'),
      ),
    ),
  },
  { ...named('Kindred'), description: 'people with similar taste; nobody is named' },
);

export const TasteSchema = Type.Object(
  {
    seen: Type.Integer(),
    scored: Type.Integer(),
    genres: Type.Array(PreferenceSchema),
    themes: Type.Array(PreferenceSchema),
    decades: Type.Array(PreferenceSchema),
    scale: Type.Object(
      {
        mine: counts('how many scores of 1, 2, … 10'),
        everyone: counts('the same of everyone'),
        mean: nullable(Type.Number()),
        everyoneMean: nullable(Type.Number()),
        aboveCrowd: nullable(Type.Number({ description: 'on the same titles' })),
      },
      named('Scale'),
    ),
    steering: Type.Array(InfluenceSchema),
    surprises: Type.Object(
      { higher: Type.Array(SurpriseSchema), lower: Type.Array(SurpriseSchema) },
      named('Surprises'),
    ),
    kindred: nullable(SimilarUsersSchema),
    ignored,
    bundle: Type.String(),
  },
  named('Taste'),
);
export type Taste = Static<typeof TasteSchema>;
