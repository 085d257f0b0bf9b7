/** Parts that requests and answers of several resources have in common. */
import { type TSchema, Type } from 'typebox';
import { AnimeSchema } from '../data/anime-schema.ts';
import { LANGUAGES, TITLE_NAMES } from '../explain/language.ts';
import { MAX_BECAUSE } from './constants/limits.ts';
import { DEFAULT_BECAUSE, DEFAULT_WORDING } from './defaults.ts';

/** Other fields than those that are described are refused in a request, and never answered. */
export const strict = { additionalProperties: false };

/** A schema with a name: the reference lists it as a component, and generated clients call their type so. */
export const named = (title: string) => ({ title, ...strict });

export const nullable = <T extends TSchema>(type: T, description?: string) =>
  Type.Union([type, Type.Null()], description ? { description } : {});

/** Any id that a request may name. */
export const id = () => Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 });

/** MyAnimeList's id of a title that is answered. */
export const animeId = AnimeSchema.properties.animeId;

/** How many entries a list has. */
export const limit = (
  maximum: number,
  options: { readonly default: number } | { readonly description: string },
) => Type.Optional(Type.Integer({ minimum: 1, maximum, ...options }));

/** Where a page of a list begins. */
export const cursor = Type.Optional(
  Type.String({ pattern: '^[\\w-]{26,36}$', description: '"next" of the page before' }),
);

/** Where the next page begins. */
export const next = nullable(
  Type.String(),
  'ask again with cursor=… for what follows; null = this was all',
);

export const because = Type.Optional(
  Type.Integer({
    minimum: 0,
    maximum: MAX_BECAUSE,
    default: DEFAULT_BECAUSE,
    description: 'reasons a title at most',
  }),
);

/** In which language text is generated, and which names titles have in it. */
export const languageFields = {
  language: Type.Optional(Type.Enum([...LANGUAGES], { default: DEFAULT_WORDING.language })),
  titles: Type.Optional(
    Type.Enum([...TITLE_NAMES], {
      default: DEFAULT_WORDING.titles,
      description: 'by which name titles are called',
    }),
  ),
};

/** Why a language model did not write a text. */
export const fallbackReason = Type.Union(
  [Type.Null(), Type.Enum(['off', 'budget', 'busy', 'slow', 'unavailable', 'unfit'])],
  { description: 'why no language model did it; null = it did' },
);

export const ignored = Type.Array(Type.Integer(), {
  description: 'ids that are not in the catalogue',
});

export const bundleVersion = Type.String({ description: 'the version that answered' });
