/** A portrait of the taste that a list shows; nothing of it is kept. */

import { TasteBody, TasteSchema } from '../../api/taste.ts';
import { profileFromList } from '../../recommend/profile.ts';
import { tasteOf } from '../../taste/taste.ts';
import { checkedListOf } from '../answers/recommend-for.ts';
import { tasteJson } from '../answers/taste-json.ts';
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
  app.post('/api/taste', { schema: { ...TASTE, body: TasteBody } }, ({ body }, reply) =>
    bundles.use(async (bundle) => {
      const list = checkedListOf(body.ratings);
      const { profile, ignored } = profileFromList(list, bundle.items, body.whole);
      const taste = await tasteOf(bundle, profile);
      return reply.type('application/json').send(tasteJson(taste, ignored, bundle.version));
    }),
  );
}
