/** Where all titles are on the map. */
import { DEFAULT_WORDING } from '../../api/defaults.ts';
import { type TitleMap as MapAnswer, MapQuery, MapSchema } from '../../api/map.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { matchesCatalogue, type TitleMap } from '../../title-map/map-file.ts';
import { mapAnswer, type Names } from '../answers/map-answer.ts';
import { compression, varyByEncoding } from '../http/compression.ts';
import { isKnown } from '../http/etag.ts';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';
import type { CurrentMap } from '../state/current-map.ts';

/** The largest answer of all: 301 kB with this quality, 315 kB with the usual one. */
const compress = compression({ quality: 6, threshold: 0 });
const FIELD = { romaji: 'title', english: 'titleEnglish', japanese: 'titleJapanese' } as const;

/** Of the answer: browsers do not take what they keep in another format for it. */
const FORMAT = 2;

const MAP = operation({
  operationId: 'getMap',
  tag: 'Titles',
  summary: 'Where all titles stand on the map of taste',
  answer: MapSchema,
  problems: [400, 404, 503],
  cached: true,
});

export function mapRoutes(app: App, bundles: CurrentBundle, maps: Pick<CurrentMap, 'map'>): void {
  const answers = new Answers();
  app.get('/api/map', { schema: { ...MAP, querystring: MapQuery }, compress }, (request, reply) =>
    bundles.use(async (bundle) => {
      const map = maps.map;
      if (map === null || !matchesCatalogue(map, bundle.catalogue))
        throw new Problem(
          404,
          'There is no map of this catalogue yet: run "osusume map" beside the server, it takes the map up by itself',
        );
      const { names = DEFAULT_WORDING.titles } = request.query;
      const tag = `"${FORMAT}/${map.version}/${bundle.version}/${names}"`;
      reply.header('etag', tag).header('cache-control', 'no-cache');
      varyByEncoding(reply);
      if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send();
      return answers.get(map, bundle, FIELD[names]);
    }),
  );
}

/** The answers of the map and the bundle in use, by the names that titles have in them: making one takes a while. */
class Answers {
  #of = '';
  readonly #byNames = new Map<Names, MapAnswer>();

  get(map: TitleMap, bundle: Bundle, names: Names): MapAnswer {
    const of = `${map.version}/${bundle.version}`;
    if (of !== this.#of) this.#byNames.clear();
    this.#of = of;
    const answer = this.#byNames.get(names) ?? mapAnswer(map, bundle, names);
    this.#byNames.set(names, answer);
    return answer;
  }
}
