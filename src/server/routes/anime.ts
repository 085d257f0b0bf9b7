/** Titles: by name, by id, and those like one. */
import type { Anime } from '../../data/anime.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { cardJson, scoredJson, titlesJson } from '../anime-json.ts';
import type { CurrentBundle } from '../current-bundle.ts';
import type { App } from '../fastify.ts';
import { Problem } from '../problem.ts';
import { AnimeParams, SearchQuery, SimilarQuery } from '../schemas.ts';

export function animeRoutes(app: App, bundles: CurrentBundle): void {
  app.get('/api/anime', { schema: { querystring: SearchQuery } }, (request, reply) =>
    bundles.use(async (bundle) => {
      const { query = '', limit = 20, adult = false } = request.query;
      const search = await bundle.search();
      return reply.type('application/json').send(titlesJson(search.find(query, { limit, adult })));
    }),
  );

  app.get('/api/anime/:animeId', { schema: { params: AnimeParams } }, (request, reply) =>
    bundles.use((bundle) => {
      const { catalogue } = bundle;
      const anime = catalogue[itemOf(bundle, request.params.animeId)];
      const own = JSON.stringify(anime).slice(0, -1);
      const story = storyOf(catalogue, anime).map((title) => cardJson(title).toString());
      return reply.type('application/json').send(`${own},"franchiseTitles":[${story.join(',')}]}`);
    }),
  );

  app.get(
    '/api/anime/:animeId/similar',
    { schema: { params: AnimeParams, querystring: SimilarQuery } },
    (request, reply) =>
      bundles.use((bundle) => {
        const { by = 'hybrid', limit = 12 } = request.query;
        const item = itemOf(bundle, request.params.animeId);
        return reply.type('application/json').send(scoredJson(similarTo(bundle, item, by, limit)));
      }),
  );
}

/** Adult titles only beside an adult one. */
function similarTo(
  { models, catalogue }: Bundle,
  item: number,
  by: keyof Bundle['models'],
  limit: number,
) {
  const { items, scores } = models[by].similarItems(item, catalogue.length);
  const similar: { anime: Anime; score: number }[] = [];
  for (let at = 0; at < items.length && similar.length < limit; at++) {
    const anime = catalogue[items[at]];
    if (!anime.adult || catalogue[item].adult) similar.push({ anime, score: scores[at] });
  }
  return similar;
}

/** All titles of the story in watch order, this one included; none when it stands alone. */
function storyOf(catalogue: readonly Anime[], { franchise }: Anime): Anime[] {
  if (franchise === null) return [];
  return catalogue
    .filter((other) => other.franchise?.franchiseId === franchise.franchiseId)
    .sort((a, b) => (a.franchise?.position ?? 0) - (b.franchise?.position ?? 0));
}

function itemOf(bundle: Bundle, animeId: number): number {
  const item = bundle.items.indexOf(animeId);
  if (item < 0)
    throw new Problem(
      404,
      `There is no anime ${animeId} in this catalogue; search by name with /api/anime?query=`,
      'animeId',
    );
  return item;
}
