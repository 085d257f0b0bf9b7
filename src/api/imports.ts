/** Lists that people have elsewhere: what can be imported, and what was understood of a list. */
import { type Static, Type } from 'typebox';
import type { StatusName } from '../data/interactions.ts';
import { SOURCES, UNKNOWN_REASONS } from '../import/imported-list.ts';
import { SCALES } from '../import/scale.ts';
import { BriefSchema } from './anime.ts';
import { nullable } from './fields.ts';
import { status } from './ratings.ts';

const rating = () => Type.Integer({ minimum: 1, maximum: 10 });
const count = () => Type.Integer({ minimum: 0 });

export const PreviewSchema = Type.Object(
  {
    source: Type.Enum([...SOURCES]),
    owner: nullable(Type.String({ description: 'whose list it is, when it says so' })),
    scale: Type.Enum([...SCALES], {
      description: "the list's own scale; ratings are on 1–10 whatever it is",
    }),
    matched: Type.Array(
      Type.Object(
        {
          anime: BriefSchema,
          rating: nullable(rating()),
          status: status(),
        },
        { title: 'MatchedTitle' },
      ),
      { description: 'titles of the catalogue, best rated first, then most listed' },
    ),
    unknown: Type.Array(
      Type.Object(
        {
          title: Type.String({ description: 'as the list calls it' }),
          animeId: nullable(Type.Integer()),
          reason: Type.Enum([...UNKNOWN_REASONS], {
            description:
              'the list has no MyAnimeList id for it, this catalogue has no such id, no title goes by its name (in that year, of that type), or several do',
          }),
          line: Type.Optional(
            Type.Integer({
              minimum: 1,
              description: 'of the file; only of what was looked for by name',
            }),
          ),
        },
        { title: 'UnknownTitle' },
      ),
    ),
    statuses: Type.Object(
      {
        watching: count(),
        completed: count(),
        on_hold: count(),
        dropped: count(),
        plan_to_watch: count(),
      } satisfies Record<StatusName, unknown>,
      { description: 'how many of the matched titles have each' },
    ),
    ratings: Type.Array(
      Type.Object({ animeId: Type.Integer(), rating: Type.Optional(rating()), status: status() }),
      { description: 'the matched titles as POST /api/recommendations takes them' },
    ),
  },
  { title: 'ListPreview', additionalProperties: false },
);
/** What was understood of a list. */
export type ListPreview = Static<typeof PreviewSchema>;

/** What can be imported into this installation. */
export const ImportsSchema = Type.Object(
  {
    files: Type.Array(Type.Enum(['mal-xml', 'csv'])),
    names: Type.Array(Type.Enum(['anilist', 'myanimelist']), {
      description: 'sites at which a list can be looked up by the name of its owner',
    }),
    largest: Type.Integer({ description: 'bytes of a file at most' }),
  },
  { title: 'Imports', additionalProperties: false },
);
export type Imports = Static<typeof ImportsSchema>;

export const NameParams = Type.Object({
  name: Type.String({ description: 'of a user', maxLength: 100 }),
});
