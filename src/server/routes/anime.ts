/** Titles: by name, by id, and those like one. */

import {
  AnimeParams,
  SearchQuery,
  SimilarQuery,
  SimilarSchema,
  TitleSchema,
  TitlesSchema,
} from '../../api/anime.ts';
import { lastYearOf } from '../../data/catalogue/last-year.ts';
import { answerFromBundle } from '../answers/bundle-answer.ts';
import { cardOf } from '../answers/card.ts';
import { findTitles, itemOf, kindOf, similarTitles, storyOf } from '../answers/titles.ts';
import type { App } from '../http/fastify.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

const SEARCH = operation({
  operationId: 'searchAnime',
  tag: 'Titles',
  summary: 'Titles by name',
  description:
    'Romaji, English, Japanese and synonyms; first letters, short forms and typos are understood. Without a query: the most listed titles.',
  answer: TitlesSchema,
  problems: [400, 404, 410, 503],
  cached: true,
});
const BY_ID = operation({
  operationId: 'getAnime',
  tag: 'Titles',
  summary: 'All that is known about a title, with its story in watch order',
  answer: TitleSchema,
  problems: [400, 404, 503],
  cached: true,
});
const SIMILAR = operation({
  operationId: 'getSimilarAnime',
  tag: 'Titles',
  summary: 'Titles like one',
  answer: SimilarSchema,
  problems: [400, 404, 410, 503],
  cached: true,
});

export function animeRoutes(app: App, bundles: CurrentBundle): void {
  app.get('/api/anime', { schema: { ...SEARCH, querystring: SearchQuery } }, (request, reply) =>
    answerFromBundle(bundles, request, reply, async (bundle) => {
      const { items, next } = await findTitles(bundle, request.query);
      return { items: items.map(cardOf), next, lastYear: lastYearOf(bundle.catalogue) };
    }),
  );

  app.get('/api/anime/:animeId', { schema: { ...BY_ID, params: AnimeParams } }, (request, reply) =>
    answerFromBundle(bundles, request, reply, (bundle) => {
      const { catalogue } = bundle;
      const anime = catalogue[itemOf(bundle, request.params.animeId)];
      const story = storyOf(catalogue, anime);
      const franchiseTitles = story.map((part) => ({ ...cardOf(part.anime), kind: part.kind }));
      return { ...anime, kind: kindOf(catalogue, anime), franchiseTitles };
    }),
  );

  app.get(
    '/api/anime/:animeId/similar',
    { schema: { ...SIMILAR, params: AnimeParams, querystring: SimilarQuery } },
    (request, reply) =>
      answerFromBundle(bundles, request, reply, (bundle) => {
        const item = itemOf(bundle, request.params.animeId);
        const { items, next } = similarTitles(bundle, item, request.query);
        const shown = items.map(({ anime, score, themes }) => ({
          anime: cardOf(anime),
          score,
          themes: [...themes],
        }));
        return { items: shown, next };
      }),
  );
}
