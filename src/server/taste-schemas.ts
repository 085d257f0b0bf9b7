/** What the portrait of a taste and the map of titles answer. */
import { type TSchema, Type } from 'typebox';
import { CardSchema } from './answer-schemas.ts';

const named = (title: string) => ({ title, additionalProperties: false });
const count = (description?: string) =>
  Type.Integer({ minimum: 0, ...(description ? { description } : {}) });
const nullable = (type: TSchema, description?: string) =>
  Type.Union([type, Type.Null()], description ? { description } : {});

const leaning = (kind: TSchema, title: string) =>
  Type.Object(
    {
      kind,
      titles: count('of the list'),
      mine: Type.Number({ description: 'share of the list’s weight' }),
      everyone: Type.Number({ description: 'the same of everybody’s' }),
      lean: Type.Number({ description: 'above 0: more than everyone' }),
      sure: nullable(Type.Number()),
    },
    named(title),
  );
const scores = (description: string) =>
  Type.Array(Type.Number({ minimum: 0 }), { minItems: 10, maxItems: 10, description });
const surprises = Type.Array(
  Type.Object(
    { anime: CardSchema, rating: Type.Integer(), predicted: nullable(Type.Number()) },
    named('Surprise'),
  ),
);
const names = Type.Object(
  {
    animeId: Type.Integer(),
    title: Type.String(),
    titleEnglish: nullable(Type.String()),
    titleJapanese: nullable(Type.String()),
  },
  named('TitleNames'),
);

export const TasteSchema = Type.Object(
  {
    seen: count(),
    scored: count(),
    genres: Type.Array(leaning(Type.String(), 'GenreLeaning')),
    decades: Type.Array(leaning(Type.Integer(), 'DecadeLeaning')),
    scale: Type.Object(
      {
        mine: scores('how many scores of 1, 2, … 10'),
        everyone: scores('the same of everybody'),
        mean: nullable(Type.Number()),
        everyoneMean: nullable(Type.Number()),
        aboveCrowd: nullable(Type.Number(), 'on the same titles'),
      },
      named('TasteScale'),
    ),
    steering: Type.Array(
      Type.Object(
        {
          anime: CardSchema,
          rating: nullable(Type.Integer()),
          share: Type.Number(),
          brings: nullable(names),
        },
        named('Steering'),
      ),
      { description: 'what shapes the recommendations most' },
    ),
    surprises: Type.Object({ higher: surprises, lower: surprises }, named('Surprises')),
    kindred: nullable(
      Type.Object(
        {
          people: count(),
          among: count(),
          shared: Type.Number(),
          loves: Type.Array(
            Type.Object(
              { anime: CardSchema, lovers: count(), everyone: Type.Number() },
              named('KindredLove'),
            ),
          ),
        },
        named('Kindred'),
      ),
      'people with similar taste, never who they are; null when there are too few',
    ),
    ignored: Type.Array(Type.Integer()),
    bundle: Type.String(),
  },
  named('Taste'),
);

const column = (of: string) =>
  Type.String({ contentEncoding: 'base64', description: `${of}, little-endian` });

export const MapSchema = Type.Object(
  {
    map: Type.String({ description: 'the version of the map' }),
    bundle: Type.String(),
    count: count(),
    genres: Type.Array(Type.String()),
    animeIds: column('Int32'),
    x: column('Uint16'),
    y: column('Uint16'),
    genre: column('Uint8, place in genres'),
    year: column('Uint16, 0 = unknown'),
    members: column('Uint32'),
    adult: column('Uint8'),
    titles: Type.Array(Type.String()),
  },
  named('TitleMap'),
);
