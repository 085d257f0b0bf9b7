/** Where all titles stand on the map. Made and packed once for a map and a bundle. */

import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { DEFAULT_WORDING } from '../../api/defaults.ts';
import { MapQuery, MapSchema } from '../../api/map.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { matchesCatalogue, type TitleMap } from '../../title-map/map-file.ts';
import { mapJson, type Names } from '../answers/map-json.ts';
import { type Encoding, encodingOf, varyByEncoding } from '../http/encoding.ts';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';
import type { CurrentMap } from '../state/current-map.ts';

const QUALITY = 9;
const FIELD = { romaji: 'title', english: 'titleEnglish', japanese: 'titleJapanese' } as const;
const pack = {
  br: (json: string) =>
    promisify(brotliCompress)(json, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } }),
  gzip: (json: string) => promisify(gzip)(json, { level: QUALITY }),
  identity: async (json: string) => Buffer.from(json),
};

/** Of the answer: what a browser has kept of another one is no answer. */
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
  app.get('/api/map', { schema: { ...MAP, querystring: MapQuery } }, (request, reply) =>
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
      if (request.headers['if-none-match']?.includes(tag)) return reply.code(304).send();
      const encoding = encodingOf(request.headers['accept-encoding']);
      const body = await answers.get({ map, bundle, names: FIELD[names], encoding });
      return reply.type('application/json').header('content-encoding', encoding).send(body);
    }),
  );
}

interface Asked {
  readonly map: TitleMap;
  readonly bundle: Bundle;
  readonly names: Names;
  readonly encoding: Encoding;
}

/** What was answered, for the map and the bundle in use. */
class Answers {
  #of = '';
  readonly #bodies = new Map<string, Promise<Buffer>>();

  get({ map, bundle, names, encoding }: Asked): Promise<Buffer> {
    const of = `${map.version}/${bundle.version}`;
    if (of !== this.#of) this.#bodies.clear();
    this.#of = of;
    const key = `${names}/${encoding}`;
    let body = this.#bodies.get(key);
    if (!body) {
      body = pack[encoding](mapJson(map, bundle, names));
      this.#bodies.set(key, body);
    }
    return body;
  }
}
