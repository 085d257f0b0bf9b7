/** Why a title suits a list, in words. */
import { ExplanationBody, ExplanationSchema } from '../../api/explanations.ts';
import { explainFor } from '../answers/explain-for.ts';
import { animeOfId, titleOf } from './anime.ts';
import type { GraphContext } from './context.ts';
import { argumentsFrom, type Given, TYPES } from './inputs.ts';
import type { Fields } from './schema-types.ts';

const body = argumentsFrom(ExplanationBody);
const { facts } = ExplanationSchema.properties;

TYPES.object('Shared', facts.properties.shared);
/** The facts of the REST answer are fields of the explanation itself. */
const ExplanationType = TYPES.object('Explanation', ExplanationSchema, {
  without: ['animeId', 'facts'],
  fields: () => ({ ...TYPES.fieldsOf(facts), anime: animeOfId }),
});

export const explanationFields: Fields = {
  explanation: {
    type: ExplanationType,
    description:
      'why a title suits a list that the request brings, in words; null when the catalogue does not have the title',
    args: body.args,
    async resolve(_: unknown, given: Given, context: GraphContext) {
      const { bundle, explanations, requester, work } = context;
      const asked = await work.run(() => body.check(given));
      if (titleOf(bundle, asked.animeId) === null) return null;
      const { request, ignored } = await work.run(() => explainFor(bundle, asked));
      const written = await explanations.whole({ ...request, ...requester });
      const { animeId } = asked;
      const { language } = request.wording;
      return { ...request.facts, ...written, animeId, language, ignored, bundle: bundle.version };
    },
  },
};
