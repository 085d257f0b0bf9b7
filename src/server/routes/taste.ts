/** A portrait of the taste that a list shows; nothing of it is kept. */
import { profileFrom } from '../../recommend/profile.ts';
import { tasteOf } from '../../recommend/taste.ts';
import type { CurrentBundle } from '../current-bundle.ts';
import type { App } from '../fastify.ts';
import { checkRatings } from '../recommend-for.ts';
import { TasteBody } from '../schemas.ts';
import { tasteJson } from '../taste-json.ts';

export function tasteRoutes(app: App, bundles: CurrentBundle): void {
  app.post('/api/taste', { schema: { body: TasteBody } }, ({ body }, reply) =>
    bundles.use(async (bundle) => {
      checkRatings(body.ratings);
      const { profile, ignored } = profileFrom(body.ratings, bundle.items);
      const taste = await tasteOf(bundle, profile);
      return reply.type('application/json').send(tasteJson(taste, ignored, bundle.version));
    }),
  );
}
