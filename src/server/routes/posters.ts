/** Posters: those in the cache are sent, others are fetched in the background. No request waits for another server. */
import { AnimeParams } from '../../api/anime.ts';
import { ComingSchema, PictureSchema, PostersQuery, PostersSchema } from '../../api/posters.ts';
import { EXTENSIONS } from '../../poster/picture.ts';
import type { PosterState, Posters } from '../../poster/posters.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { isKnown } from '../http/etag.ts';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';
import { FOR_OTHER_ORIGINS } from '../http/security-headers.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

/** Posters seldom change, and their ETags tell when they do. */
const CACHING = 'public, max-age=604800, stale-while-revalidate=2592000';

const STATES = operation({
  operationId: 'getPosters',
  tag: 'Titles',
  summary: 'Which posters are here; the others are fetched from now on',
  answer: PostersSchema,
  problems: [400, 503],
});
const POSTER = operation({
  operationId: 'getPoster',
  tag: 'Titles',
  summary: 'The poster of a title, when it is here',
  answer: PictureSchema,
  type: Object.keys(EXTENSIONS),
  later: ComingSchema,
  problems: [400, 404, 503],
  cached: true,
});

/** @param posters null = this server fetches none */
export function posterRoutes(app: App, bundles: CurrentBundle, posters: Posters | null): void {
  app.get('/api/posters', { schema: { ...STATES, querystring: PostersQuery } }, (request, reply) =>
    bundles.use((bundle) => {
      const animeIds = request.query.ids.split(',').map(Number);
      const states = posters ? statesOf(posters, bundle, animeIds) : animeIds.map(() => 'none');
      const items = animeIds.map((animeId, at) => ({ animeId, state: states[at] }));
      reply.header('cache-control', 'no-store');
      return { posters: posters ? 'on' : 'off', items };
    }),
  );

  app.get(
    '/api/anime/:animeId/poster',
    { schema: { ...POSTER, params: AnimeParams } },
    (request, reply) =>
      bundles.use(async (bundle) => {
        const { animeId } = request.params;
        reply.header('cache-control', 'no-store');
        if (posters === null) throw new Problem(404, 'Posters are off at this server', 'animeId');
        let [state] = statesOf(posters, bundle, [animeId]);
        const picture = state === 'ready' ? await posters.read(animeId) : null;
        if (picture) {
          reply.headers({
            'cache-control': CACHING,
            etag: `"${picture.tag}"`,
            ...FOR_OTHER_ORIGINS,
          });
          if (isKnown(request.headers['if-none-match'], `"${picture.tag}"`))
            return reply.code(304).send();
          return reply.type(picture.type).send(picture.bytes);
        }
        // Reading removed a damaged file: it is fetched again.
        if (state === 'ready') [state] = statesOf(posters, bundle, [animeId]);
        if (state === 'none')
          throw new Problem(404, `There is no poster of anime ${animeId}`, 'animeId');
        return reply.code(202).header('retry-after', '2').send({ animeId, state: 'coming' });
      }),
  );
}

/** Only posters of titles in the catalogue are fetched. */
function statesOf(posters: Posters, bundle: Bundle, animeIds: readonly number[]): PosterState[] {
  const known = animeIds.filter((animeId) => bundle.items.indexOf(animeId) >= 0);
  const states = posters.ask(known);
  const stateOf = new Map(known.map((animeId, at) => [animeId, states[at]]));
  return animeIds.map((animeId) => stateOf.get(animeId) ?? 'none');
}
