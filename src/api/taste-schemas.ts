/** What the server answers about a taste and the map. A `title` names a schema for the reference and the client. */
import { Type } from 'typebox';
import { CardSchema } from './answer-schemas.ts';

const named = (title: string) => ({ title, additionalProperties: false });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const counts = (description: string) => Type.Array(Type.Integer(), { description });

const LeaningSchema = Type.Object(
  {
    kind: Type.Union([Type.String(), Type.Integer()], {
      description: 'a genre, or the first year of a decade',
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

const SteeringSchema = Type.Object(
  {
    anime: CardSchema,
    rating: orNull(Type.Integer()),
    share: Type.Number({ description: 'of the influence of all titles on the first 50' }),
    brings: orNull(
      Type.Object(
        {
          animeId: Type.Integer(),
          title: Type.String(),
          titleEnglish: orNull(Type.String()),
          titleJapanese: orNull(Type.String()),
        },
        named('Names'),
      ),
    ),
  },
  named('Steering'),
);

const KindredSchema = Type.Object(
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
    genres: Type.Array(LeaningSchema),
    decades: Type.Array(LeaningSchema),
    scale: Type.Object(
      {
        mine: counts('how many scores of 1, 2, … 10'),
        everyone: counts('the same of everyone'),
        mean: orNull(Type.Number()),
        everyoneMean: orNull(Type.Number()),
        aboveCrowd: orNull(Type.Number({ description: 'on the same titles' })),
      },
      named('Scale'),
    ),
    steering: Type.Array(SteeringSchema),
    surprises: Type.Object(
      { higher: Type.Array(SurpriseSchema), lower: Type.Array(SurpriseSchema) },
      named('Surprises'),
    ),
    kindred: orNull(KindredSchema),
    ignored: Type.Array(Type.Integer(), { description: 'ids that are not in the catalogue' }),
    bundle: Type.String(),
  },
  named('Taste'),
);

const column = (type: string) =>
  Type.String({ description: `${type} of each title, little-endian, base64` });

export const MapSchema = Type.Object(
  {
    map: Type.String(),
    bundle: Type.String(),
    count: Type.Integer(),
    genres: Type.Array(Type.String()),
    animeIds: column('Int32: by how much the id is above the one before; the id itself at first'),
    x: column('Uint16'),
    y: column('Uint16'),
    genre: column('Uint8: place in genres, or their number'),
    year: column('Uint8: since 1900, 0 = unknown'),
    members: column('Uint8: 36 · log10(1 + members), rounded'),
    adult: column('Uint8: 1 = adult'),
    titles: Type.Array(Type.String()),
  },
  named('TitleMap'),
);
