/** Would somebody like a title: the expected score, for and against. */
import { OpinionQuestion, OpinionSchema } from '../../api/opinions.ts';
import { opinionFor } from '../answers/opinion-for.ts';
import { animeOfId, titleOf } from './anime.ts';
import type { GraphContext } from './context.ts';
import { argumentsFrom, type Given, TYPES } from './inputs.ts';
import type { Fields } from './schema-types.ts';

const question = argumentsFrom(OpinionQuestion);

TYPES.object('ExpectedScore', OpinionSchema.properties.expected);
TYPES.object('ScorePoints', OpinionSchema.properties.raising.items);
TYPES.object('Listed', OpinionSchema.properties.listed.anyOf[0]);
const OpinionType = TYPES.object('Opinion', OpinionSchema, {
  without: ['animeId'],
  fields: () => ({ anime: animeOfId }),
});

export const opinionFields: Fields = {
  opinion: {
    type: OpinionType,
    description:
      'whether the owner of a list that the request brings would like a title; null when the catalogue does not have it',
    args: question.args,
    async resolve(_: unknown, given: Given, { bundle, work }: GraphContext) {
      const { animeId, ...body } = await work.run(() => question.check(given));
      if (titleOf(bundle, animeId) === null) return null;
      return work.run(() => opinionFor(bundle, animeId, body));
    },
  },
};
