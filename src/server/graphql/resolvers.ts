/** What each field of the graph answers with: the functions behind the REST routes, on the bundle of the request. */
import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { Anime } from '../../data/anime.ts';
import type { Profile } from '../../data/interactions.ts';
import type { Because } from '../../recommend/because.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { recommend } from '../../recommend/recommend.ts';
import { DEFAULT_RULES, NO_RULES } from '../../recommend/rules.ts';
import { startersOf } from '../../recommend/starters.ts';
import { pageOf } from '../cursor.ts';
import { entriesOf } from '../person.ts';
import { problemFromSchema } from '../problem.ts';
import { recommendFor } from '../recommend-for.ts';
import {
  RecommendationsBody,
  SearchQuery,
  SimilarQuery,
  StartersQuery,
  UserQuery,
  UserRecommendationsQuery,
} from '../schemas.ts';
import { findTitles, itemOf, similarTitles, storyOf } from '../titles.ts';

/** What a request is answered from. */
export interface GraphContext {
  readonly bundle: Bundle;
}
type Given = Readonly<Record<string, unknown>>;
interface Person {
  readonly userId: number;
  readonly profile: Profile;
}

const searchArguments = checker(SearchQuery);
const similarArguments = checker(SimilarQuery);
const starterArguments = checker(StartersQuery);
const listArguments = checker(UserQuery);
const listedArguments = checker(UserRecommendationsQuery);
const recommendationArguments = checker(RecommendationsBody);

const ofQuery = {
  anime: (_: unknown, { animeId }: Given, { bundle }: GraphContext) => titleOf(bundle, animeId),
  search(_: unknown, given: Given, { bundle }: GraphContext) {
    const { query = '', limit = 20, adult = false, cursor } = searchArguments(given);
    return findTitles(bundle, query, { limit, adult, cursor });
  },
  similar(_: unknown, { animeId, ...given }: Given, context: GraphContext) {
    const anime = titleOf(context.bundle, animeId);
    return anime && ofAnime.similar(anime, given, context);
  },
  recommendations(_: unknown, given: Given, { bundle }: GraphContext) {
    const { withoutRules, rules, ...rest } = withoutNulls(given);
    const asked = { ...rest, ...(withoutRules ? { rules: 'none' } : rules ? { rules } : {}) };
    const { items, ignored } = recommendFor(bundle, recommendationArguments(asked));
    return { items, ignored, bundle: bundle.version };
  },
  async user(_: unknown, { userId }: Given, { bundle }: GraphContext): Promise<Person | null> {
    const profile = await bundle.people.profile(Number(userId));
    return profile && { userId: Number(userId), profile };
  },
  starters: (_: unknown, given: Given, { bundle }: GraphContext) =>
    startersOf(bundle.catalogue, starterArguments(given).limit ?? 24),
  bundle: (_: unknown, __: unknown, { bundle: { version, about, facets } }: GraphContext) => ({
    ...about,
    version,
    genres: facets.genres,
    metrics: Object.entries(about.metrics ?? {}).map(([name, value]) => ({ name, value })),
  }),
};

const ofAnime = {
  franchiseTitles: (anime: Anime, _: unknown, { bundle }: GraphContext) =>
    storyOf(bundle.catalogue, anime),
  similar(anime: Anime, given: Given, { bundle }: GraphContext) {
    const { by = 'hybrid', limit = 12, cursor } = similarArguments(given);
    return similarTitles(bundle, itemOf(bundle, anime.animeId), by, { limit, cursor });
  },
};

const ofBecause = {
  anime: ({ animeId }: Because, _: unknown, { bundle }: GraphContext) => titleOf(bundle, animeId),
};

const ofUser = {
  ratings({ userId, profile }: Person, given: Given, { bundle }: GraphContext) {
    const { limit = 100, cursor } = listArguments(given);
    const paged = { version: bundle.version, question: ['user', userId] };
    return pageOf(entriesOf(bundle, profile), limit, cursor, paged);
  },
  recommendations(
    { profile }: Person,
    { withoutRules, ...given }: Given,
    { bundle }: GraphContext,
  ) {
    const rules = withoutRules ? NO_RULES : DEFAULT_RULES;
    const items = recommend(bundle, profile, { ...listedArguments(given), rules });
    return { items, ignored: [], bundle: bundle.version };
  },
};

export const RESOLVERS = {
  Query: ofQuery,
  Anime: ofAnime,
  Because: ofBecause,
  User: ofUser,
};

function titleOf({ catalogue, items }: Bundle, animeId: unknown): Anime | null {
  return catalogue[items.indexOf(Number(animeId))] ?? null;
}

/** The bounds of a REST route hold here too; what is null is absent. */
function checker<Schema extends TSchema>(schema: Schema): (given: Given) => Static<Schema> {
  const check: Validator = Compile(schema);
  return (given) => {
    const present: unknown = withoutNulls(given);
    if (check.Check(present)) return present as Static<Schema>;
    throw problemFromSchema(check.Errors(present), 'arguments');
  };
}

function withoutNulls(given: Given): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && value !== undefined),
  );
}
