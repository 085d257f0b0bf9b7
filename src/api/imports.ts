/** Lists that people have elsewhere: what can be imported, and what was understood of a list. */
import { type Static, Type } from 'typebox';
import type { StatusName } from '../data/interactions.ts';
import { LEFT_OUT, type LeftOut, NOTES, SOURCES } from '../import/list/imported-list.ts';
import { CHOICES, SCALES } from '../import/list/scale.ts';
import { UNKNOWN_REASONS } from '../import/place/placed-list.ts';
import { BriefSchema } from './anime.ts';
import { nullable, strict } from './fields.ts';
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
          title: Type.String({ description: "as the list calls it; '' = the row has no title" }),
          animeId: nullable(Type.Integer()),
          reason: Type.Enum([...UNKNOWN_REASONS], {
            description: [
              'no-id: the site has no MyAnimeList id for it, and no title goes by its name',
              'no-title: the row has neither',
              'not-in-catalogue: this catalogue has no such id',
              'newer: it is newer than this catalogue, by its id, its year or its season',
              'unknown-name: no title goes by its name (in that year, of that type), but some are spelt like it',
              'unlike-any: no title is even spelt like it: newer than this catalogue, or no anime',
              'ambiguous-name: several titles go by its name',
            ].join('; '),
          }),
          rating: nullable(rating()),
          status: status(),
          nearest: Type.Array(BriefSchema, {
            maxItems: 3,
            description: 'titles that it may mean, likeliest first, to choose from',
          }),
          line: Type.Optional(
            Type.Integer({ minimum: 0, description: 'of the file; of JSON and XML, the entry' }),
          ),
        },
        { title: 'UnknownTitle' },
      ),
    ),
    lastYear: nullable(Type.Integer(), 'the last year that this catalogue covers'),
    format: nullable(Type.String(), 'the program or site that wrote the file, when it is known'),
    unread: Type.Array(
      Type.Object(
        {
          line: Type.Integer({ minimum: 0 }),
          what: Type.Enum(['id', 'title', 'score', 'status', 'row']),
          value: Type.String({ description: 'what stands there, at most 40 letters' }),
        },
        { title: 'UnreadCell' },
      ),
      { description: 'cells that could not be read, at most 500; the rest of their rows was' },
    ),
    unreadCount: count(),
    leftOut: Type.Object(
      Object.fromEntries(LEFT_OUT.map((what) => [what, count()])) as Record<
        LeftOut,
        ReturnType<typeof count>
      >,
      {
        description:
          'rows that are not anime, or only an episode of one, or whose title its site has deleted',
      },
    ),
    notes: Type.Array(
      Type.Object(
        {
          what: Type.Enum([...NOTES]),
          count: nullable(count(), 'how many rows it is about'),
          detail: nullable(Type.String()),
        },
        { title: 'ListNote' },
      ),
      {
        description: [
          "mean-not-read: the scores are everybody's means",
          'ages-not-read: the column of ratings has age classes',
          'converted: from the encoding in detail',
          'broken-bytes: so many places are not text',
          'cut-off: the end of the file is missing',
          'no-header: what each column is was told from its content',
          'other-files: the zip has so many others; detail is the one that was read',
          "anilist-ids: so many titles have only AniList's numbers",
          'ids-not-believed: so many ids contradict the titles beside them',
          'duplicates: so many rows repeat a title',
          'custom-lists: so many titles are only on lists of their own',
          'empty: the list is public, and empty',
        ].join('; '),
      },
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

/** What a file may be, among others: GET /api/import names them for older clients. */
export const FILE_FORMATS = ['mal-xml', 'csv'] as const;

/** How a file is read. */
export const FileQuery = Type.Object(
  {
    scale: Type.Optional(
      Type.Enum([...CHOICES], {
        description: "the list's own scale, where another one was found than it has",
      }),
    ),
  },
  strict,
);
export type FileQuery = Static<typeof FileQuery>;

/** What can be imported into this installation. */
export const ImportsSchema = Type.Object(
  {
    files: Type.Array(Type.Enum([...FILE_FORMATS])),
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
