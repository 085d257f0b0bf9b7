/** A portrait of the taste that a list shows; nothing of it is kept. */

import { TasteBody, TasteSchema } from '../../api/taste.ts';
import { profileFrom } from '../../recommend/profile.ts';
import { tasteOf } from '../../taste/taste.ts';
import { checkedRatings } from '../answers/recommend-for.ts';
import { tasteAnswer } from '../answers/taste-answer.ts';
import type { App } from '../http/fastify.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

const TASTE = operation({
  operationId: 'getTaste',
  tag: 'Recommendations',
  summary: 'What a list says about a taste, against everyone',
  description: 'Nothing of the list is kept, and nobody is named in the answer.',
  answer: TasteSchema,
  problems: [400, 413, 415, 503],
});

export function tasteRoutes(app: App, bundles: CurrentBundle): void {
  app.post('/api/taste', { schema: { ...TASTE, body: TasteBody } }, ({ body }) =>
    bundles.use(async (bundle) => {
      const ratings = checkedRatings(body.ratings);
      const { profile, ignored } = profileFrom(ratings, bundle.items, body.whole);
      const taste = await tasteOf(bundle, profile);
      return tasteAnswer(taste, ignored, bundle.version);
    }),
  );
}
