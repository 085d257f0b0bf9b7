/** People of the data set in the graph: their lists, and what they would be recommended. */

import { GraphQLNonNull } from 'graphql';
import { Type } from 'typebox';
import { PersonSchema, UserParams, UserQuery, UserRecommendationsQuery } from '../../api/users.ts';
import type { Profile } from '../../data/interactions.ts';
import { rulesFrom } from '../../recommend/rules.ts';
import { pageOf } from '../answers/cursor.ts';
import { entriesOf, peopleSwitchedOff } from '../answers/person.ts';
import type { GraphContext } from './context.ts';
import { argumentsFrom, type Given, TYPES } from './inputs.ts';
import { countedList, RecommendationsType } from './recommendations.ts';
import type { Fields } from './schema-types.ts';

interface User {
  readonly userId: number;
  readonly profile: Profile;
}

const byId = argumentsFrom(UserParams);
/** REST answers with the whole list by default; here a list is a part of a larger answer. */
const DEFAULT_RATINGS = 100;
const listed = argumentsFrom(UserQuery, { limit: DEFAULT_RATINGS });
const recommended = argumentsFrom(UserRecommendationsQuery);
const { ratings, next } = PersonSchema.properties;

TYPES.object('ListEntry', ratings.items);
/** REST has the page in the person itself. */
const EntryPage = TYPES.object('EntryPage', Type.Object({ items: ratings, next }));
const UserType = TYPES.object('User', PersonSchema, {
  without: ['next'],
  fields: ({ ratings }) => ({
    ratings: { ...ratings, ...ratingsField },
    recommendations: recommendationsField,
  }),
});

const ratingsField: Fields[string] = {
  type: new GraphQLNonNull(EntryPage),
  args: listed.args,
  resolve({ userId, profile }: User, given: Given, { bundle, work }: GraphContext) {
    const { limit = DEFAULT_RATINGS, cursor } = listed.check(given);
    const paged = { version: bundle.version, question: ['user', userId] };
    return work.run(() => pageOf(entriesOf(bundle, profile), limit, cursor, paged));
  },
};

const recommendationsField: Fields[string] = {
  type: new GraphQLNonNull(RecommendationsType),
  args: recommended.args,
  resolve({ profile }: User, given: Given, context: GraphContext) {
    const { rules, ...options } = recommended.check(given);
    return context.work.run(() => {
      const asked = { ...options, rules: rulesFrom(rules) };
      const list = context.bundle.ranker.recommend(profile, asked);
      return countedList(context, { profile, list, ignored: [] });
    });
  },
};

export const userFields: Fields = {
  user: {
    type: UserType,
    description:
      'a person of the data set; null when nobody has this id, and an error where people are switched off',
    args: byId.args,
    async resolve(
      _: unknown,
      given: Given,
      { bundle, people }: GraphContext,
    ): Promise<User | null> {
      if (!people) throw peopleSwitchedOff();
      const userId = Number(given.userId);
      const profile = await bundle.people.profile(userId);
      return profile && { userId, profile };
    },
  },
};
