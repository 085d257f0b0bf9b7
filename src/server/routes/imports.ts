/** Lists that people have elsewhere: what was understood of them. Nothing is kept. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { ImportsSchema, NameParams, PreviewSchema } from '../../api/imports.ts';
import { placeNames } from '../../import/by-name.ts';
import { readListCsv } from '../../import/csv.ts';
import { ImportError, type ImportedList, type ImportFault } from '../../import/imported-list.ts';
import { csvText } from '../../import/list-file.ts';
import { readMalXml } from '../../import/mal-xml.ts';
import { previewOf } from '../../import/preview.ts';
import type { Site, Sites } from '../../import/sites.ts';
import { previewJson } from '../answers/preview-json.ts';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';
import { Lookups } from '../state/lookups.ts';

/** An unpacked export of 17,000 titles; packed, one of many times as many. */
const LARGEST = 16 << 20;
/** What a file is called in messages: its name is not sent. */
const FILE = 'The file';

const STATUS_OF: Readonly<Record<ImportFault, number>> = {
  unreadable: 400,
  'too-large': 413,
  private: 403,
  'no-such-user': 404,
  'not-set-up': 404,
  busy: 429,
  upstream: 502,
  'too-slow': 504,
};

const IMPORTS = operation({
  operationId: 'getImports',
  tag: 'Lists',
  summary: 'What kinds of lists can be brought to this server',
  answer: ImportsSchema,
  problems: [],
});

const fromFile = (operationId: string, summary: string) =>
  operation({
    operationId,
    tag: 'Lists',
    summary,
    description: 'The body is the file as it is, of any content type. Nothing of it is kept.',
    answer: PreviewSchema,
    problems: [400, 413, 415, 503],
  });

const byName = (operationId: string, summary: string) =>
  operation({
    operationId,
    tag: 'Lists',
    summary,
    description: 'A name that was just looked up is answered from memory for a minute.',
    answer: PreviewSchema,
    problems: [400, 403, 404, 413, 429, 502, 503, 504],
  });

const MAL_XML = fromFile(
  'importMalXml',
  'A MyAnimeList export (.xml or .xml.gz): what was understood of it',
);
const CSV = fromFile(
  'importCsv',
  'A CSV with MyAnimeList ids or titles: what was understood of it',
);
const NAMED: Readonly<Record<Site, ReturnType<typeof operation>>> = {
  anilist: byName('importAniList', 'The public list of a user at AniList'),
  myanimelist: byName('importMyAnimeList', 'The public list of a user at MyAnimeList'),
};

export function importRoutes(app: App, bundles: CurrentBundle, sites: Sites): void {
  const lookups = new Lookups(sites);

  app.get('/api/import', { schema: IMPORTS }, () => ({
    files: ['mal-xml', 'csv'],
    names: sites.malClientId ? ['anilist', 'myanimelist'] : ['anilist'],
    largest: LARGEST,
  }));

  for (const site of ['anilist', 'myanimelist'] satisfies Site[]) {
    app.get(
      `/api/import/${site}/:name`,
      { schema: { ...NAMED[site], params: NameParams } },
      (request, reply) => preview(reply, bundles, () => lookups.find(site, request.params.name)),
    );
  }

  app.register(async (scope: App) => {
    takeFiles(scope);
    scope.post('/api/import/mal-xml', { schema: MAL_XML }, ({ body }, reply) =>
      preview(reply, bundles, () => readMalXml(bytesOf(body), FILE)),
    );
    scope.post('/api/import/csv', { schema: CSV }, ({ body }, reply) =>
      preview(reply, bundles, async () => readListCsv(csvText(bytesOf(body), FILE), FILE)),
    );
  });
}

/** Matched against the bundle that is in use once the list is there: that may take a while. */
async function preview(
  reply: FastifyReply,
  bundles: CurrentBundle,
  read: () => Promise<ImportedList>,
): Promise<FastifyReply> {
  try {
    const list = await read();
    await yieldToEventLoop();
    const found = await bundles.use(async (bundle) =>
      previewOf(await placeNames(list, bundle), bundle),
    );
    return reply.type('application/json').send(await previewJson(found));
  } catch (error) {
    if (error instanceof ImportError) throw new Problem(STATUS_OF[error.fault], error.message);
    throw error;
  }
}

/** A file is the body as it is, whatever type a client says that it has. */
function takeFiles(
  scope: Pick<App, 'removeAllContentTypeParsers' | 'addContentTypeParser' | 'setErrorHandler'>,
): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser<Buffer>(
    '*',
    { parseAs: 'buffer', bodyLimit: LARGEST },
    (_request, bytes, done) => done(null, bytes),
  );
  scope.addContentTypeParser('multipart/form-data', (_request, _payload, done) =>
    done(
      new Problem(415, 'Send the file itself as the body, not a form: curl --data-binary @file'),
    ),
  );
  scope.setErrorHandler((error: { statusCode?: number }) => {
    if (error.statusCode !== 413) throw error;
    throw new Problem(
      413,
      `The file is larger than ${LARGEST >> 20} MiB. Send the .xml.gz as it was exported`,
    );
  });
}

function bytesOf(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}
