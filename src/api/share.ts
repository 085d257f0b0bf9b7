/** The picture that sites show of a shared link. */
import { type Static, Type } from 'typebox';
import { LANGUAGES } from '../explain/language.ts';
import { MAX_CARD_TITLES } from '../share/card.ts';
import { strict } from './fields.ts';

/** What a link may be about. */
export const SHARED_KINDS = ['list', 'watchlist', 'title'] as const;

export const ShareQuery = Type.Object(
  {
    titles: Type.String({
      pattern: `^\\d{1,9}(,\\d{1,9}){0,${MAX_CARD_TITLES - 1}}$`,
      maxLength: 60,
      description: `animeIds, separated by commas, ${MAX_CARD_TITLES} at most`,
      examples: ['457,9253,4081'],
    }),
    kind: Type.Optional(
      Type.Enum([...SHARED_KINDS], { default: 'list', description: 'what the heading says' }),
    ),
    of: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100_000,
        description: 'how many titles the whole list has; default: as many as are named',
      }),
    ),
    language: Type.Optional(
      Type.Enum([...LANGUAGES], {
        default: 'en',
        description: 'the fonts of the picture have Latin letters only: without a heading in ja',
      }),
    ),
  },
  strict,
);
export type ShareQuery = Static<typeof ShareQuery>;
