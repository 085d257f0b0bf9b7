/** A portrait of the taste that a list shows; nothing of it is kept. */
import { profileFromList } from '../../recommend/profile.ts';
import { tasteOf } from '../../recommend/taste.ts';
import type { CurrentBundle } from '../current-bundle.ts';
import type { App } from '../fastify.ts';
import { operation } from '../operation.ts';
import { checkedListOf } from '../recommend-for.ts';
import { TasteBody } from '../schemas.ts';
import { tasteJson } from '../taste-json.ts';
import { TasteSchema } from '../taste-schemas.ts';

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
