/** Posters: which of them the server has, and the picture of one. */
import { type Static, Type } from 'typebox';
import { MAX_POSTERS } from './constants/limits.ts';
import { named, strict } from './fields.ts';

const posterFields = (states: ('ready' | 'coming' | 'none')[]) => ({
  animeId: Type.Integer({ minimum: 0 }),
  state: Type.Enum(states, { description: 'coming: it is being fetched; none: it cannot be had' }),
});

export const PostersQuery = Type.Object(
  {
    ids: Type.String({
      pattern: `^\\d{1,9}(,\\d{1,9}){0,${MAX_POSTERS - 1}}$`,
      maxLength: 1000,
      description: `animeIds, separated by commas, ${MAX_POSTERS} at most; the first is fetched first`,
    }),
  },
  strict,
);

export const PostersSchema = Type.Object(
  {
    posters: Type.Enum(['on', 'off']),
    items: Type.Array(Type.Object(posterFields(['ready', 'coming', 'none']), named('PosterState'))),
  },
  named('Posters'),
);
export type Posters = Static<typeof PostersSchema>;

/** The answer to one that is being fetched. */
export const ComingSchema = Type.Object(posterFields(['coming']), named('PosterComing'));

/** Bytes of a picture. */
export const PictureSchema = Type.Unsafe<Blob>({ description: 'the picture' });
