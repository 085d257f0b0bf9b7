/** Titles in the graph: by id, by name, similar ones, the ones to begin with. */

import { GraphQLList, GraphQLNonNull, type GraphQLObjectType } from 'graphql';
import {
  AnimeParams,
  BriefSchema,
  CardSchema,
  SearchQuery,
  SimilarQuery,
  SimilarSchema,
  StartersQuery,
  StoryPartSchema,
  TitleSchema,
  TitlesSchema,
} from '../../api/anime.ts';
import { RecommendationSchema } from '../../api/recommendations.ts';
import { ShelfSchema } from '../../api/shelves.ts';
import type { Anime } from '../../data/anime.ts';
import { AnimeSchema } from '../../data/anime-schema.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import {
  findTitles,
  itemOf,
  kindOf,
  similarTitles,
  startersFor,
  storyOf,
} from '../answers/titles.ts';
import type { GraphContext } from './context.ts';
import { argumentsFrom, type Given, TYPES } from './inputs.ts';
import type { Fields } from './schema-types.ts';

const byId = argumentsFrom(AnimeParams);
const search = argumentsFrom(SearchQuery);
const similar = argumentsFrom(SimilarQuery);
const starters = argumentsFrom(StartersQuery);

/** One type for all schemas of a title: a query names the fields that it wants. */
export const AnimeType: GraphQLObjectType = TYPES.object('Anime', TitleSchema, {
  also: [
    CardSchema,
    BriefSchema,
    StoryPartSchema,
    RecommendationSchema.properties.insteadOf,
    ShelfSchema.properties.seed,
  ],
  fields: ({ franchiseTitles, kind }) => ({
    kind: {
      ...kind,
      resolve: (anime: Anime, _: unknown, { bundle }: GraphContext) =>
        kindOf(bundle.catalogue, anime),
    },
    franchiseTitles: {
      ...franchiseTitles,
      resolve: (anime: Anime, _: unknown, { bundle }: GraphContext) =>
        storyOf(bundle.catalogue, anime).map((part) => part.anime),
    },
    similar: {
      type: new GraphQLNonNull(SimilarPage),
      args: similar.args,
      resolve: (anime: Anime, given: Given, { bundle, work }: GraphContext) =>
        work.run(() => similarTo(bundle, anime, given)),
    },
  }),
});
TYPES.object('FranchisePlace', AnimeSchema.properties.franchise);
TYPES.object('SimilarAnime', SimilarSchema.properties.items.items);
const SimilarPage = TYPES.object('SimilarPage', SimilarSchema);
const AnimePage = TYPES.object('AnimePage', TitlesSchema);

/** For types whose REST answer has only the id and the name of a title. */
export const animeOfId: Fields[string] = {
  type: new GraphQLNonNull(AnimeType),
  resolve: ({ animeId }: Pick<Anime, 'animeId'>, _: unknown, { bundle }: GraphContext) =>
    titleOf(bundle, animeId),
};

export const animeFields: Fields = {
  anime: {
    type: AnimeType,
    description: 'a title; null when the catalogue does not have it',
    args: byId.args,
    resolve: (_: unknown, { animeId }: Given, { bundle }: GraphContext) => titleOf(bundle, animeId),
  },
  search: {
    type: new GraphQLNonNull(AnimePage),
    description: 'titles by name, in any language; without a query the most listed ones',
    args: search.args,
    resolve: (_: unknown, given: Given, { bundle, work }: GraphContext) =>
      work.run(() => findTitles(bundle, search.check(given))),
  },
  similar: {
    type: SimilarPage,
    description: 'titles like one; null when the catalogue does not have it',
    args: { ...byId.args, ...similar.args },
    resolve(_: unknown, { animeId, ...given }: Given, { bundle, work }: GraphContext) {
      const anime = titleOf(bundle, animeId);
      return anime && work.run(() => similarTo(bundle, anime, given));
    },
  },
  starters: {
    type: nonNullList(AnimeType),
    description: 'well-known titles of many kinds, to pick favourites from',
    args: starters.args,
    resolve: (_: unknown, given: Given, { bundle }: GraphContext) =>
      startersFor(bundle.catalogue, starters.check(given).limit),
  },
};

export function titleOf({ catalogue, items }: Bundle, animeId: unknown): Anime | null {
  return catalogue[items.indexOf(Number(animeId))] ?? null;
}

function similarTo(bundle: Bundle, { animeId }: Anime, given: Given) {
  return similarTitles(bundle, itemOf(bundle, animeId), similar.check(given));
}

/** Of entries that are not null. */
export function nonNullList(type: GraphQLObjectType) {
  return new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type)));
}
