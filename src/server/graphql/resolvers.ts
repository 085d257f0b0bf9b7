/** What each field of the graph answers with: the functions behind the REST routes, on the bundle of the request. */
import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { SearchQuery, SimilarQuery, StartersQuery } from '../../api/anime.ts';
import { ExplanationBody } from '../../api/explanations.ts';
import { RecommendationsBody } from '../../api/recommendations.ts';
import { UserQuery, UserRecommendationsQuery } from '../../api/users.ts';
import type { Anime } from '../../data/anime.ts';
import type { Profile } from '../../data/interactions.ts';
import type { Explanations } from '../../explain/explanations.ts';
import type { Requester } from '../../explain/model-access.ts';
import type { Because } from '../../recommend/because.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { rank, recommendationsOf } from '../../recommend/recommend.ts';
import { DEFAULT_RULES, NO_RULES } from '../../recommend/rules.ts';
import { pageOf } from '../answers/cursor.ts';
import { explainFor } from '../answers/explain-for.ts';
import { entriesOf } from '../answers/person.ts';
import { recommendFor } from '../answers/recommend-for.ts';
import { findTitles, itemOf, similarTitles, startersFor, storyOf } from '../answers/titles.ts';
import type { ListColumns } from '../fast-list/list-writer.ts';
import { problemFromSchema } from '../http/problem.ts';
import { errorsOf } from '../http/schema-errors.ts';
import type { RecommendedCounts } from '../state/recommended-counts.ts';

/** What a request is answered from. */
export interface GraphContext {
  readonly bundle: Bundle;
  /** every list that is made is added to it */
  readonly recommended: Pick<RecommendedCounts, 'add'>;
  readonly explanations: Explanations;
  /** who asks */
  readonly requester: Requester;
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
const explanationArguments = checker(ExplanationBody);

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
  recommendations(_: unknown, given: Given, context: GraphContext) {
    const asked = recommendationArguments(rulesInPlace(given));
    const { list, ignored } = recommendFor(context.bundle, asked);
    return listed(context, list, ignored);
  },
  async explanation(_: unknown, given: Given, { bundle, explanations, requester }: GraphContext) {
    const asked = explanationArguments(rulesInPlace(given));
    if (titleOf(bundle, asked.animeId) === null) return null;
    const { request, ignored } = explainFor(bundle, asked);
    const { facts, wording } = request;
    const written = await explanations.whole({ ...request, ...requester });
    return { ...facts, ...written, language: wording.language, ignored, bundle: bundle.version };
  },
  async user(_: unknown, { userId }: Given, { bundle }: GraphContext): Promise<Person | null> {
    const profile = await bundle.people.profile(Number(userId));
    return profile && { userId: Number(userId), profile };
  },
  starters: (_: unknown, given: Given, { bundle }: GraphContext) =>
    startersFor(bundle.catalogue, starterArguments(given).limit),
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
  recommendations({ profile }: Person, { withoutRules, ...given }: Given, context: GraphContext) {
    const rules = withoutRules ? NO_RULES : DEFAULT_RULES;
    const list = rank(context.bundle, profile, { ...listedArguments(given), rules });
    return listed(context, list, []);
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

function listed(
  { bundle, recommended }: GraphContext,
  list: ListColumns,
  ignored: readonly number[],
) {
  recommended.add(bundle, list.items);
  return { items: recommendationsOf(bundle, list), ignored, bundle: bundle.version };
}

/** As a REST body has them: GraphQL has no field that is either a word or an object. */
function rulesInPlace(given: Given): Record<string, unknown> {
  const { withoutRules, rules, ...rest } = withoutNulls(given);
  return { ...rest, ...(withoutRules ? { rules: 'none' } : rules ? { rules } : {}) };
}

/** The bounds of a REST route hold here too; what is null is absent. */
function checker<Schema extends TSchema>(schema: Schema): (given: Given) => Static<Schema> {
  const check: Validator = Compile(schema);
  return (given) => {
    const present: unknown = withoutNulls(given);
    if (check.Check(present)) return present as Static<Schema>;
    throw problemFromSchema(errorsOf(check, present), 'arguments');
  };
}

function withoutNulls(given: Given): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && value !== undefined),
  );
}
