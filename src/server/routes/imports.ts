/** Lists that people have elsewhere: what was understood of them. Nothing is kept. */
import type { FastifyReply } from 'fastify';
import { MAX_FILE } from '../../api/constants/limits.ts';
import {
  FILE_FORMATS,
  FileQuery,
  ImportsSchema,
  NameParams,
  PreviewSchema,
} from '../../api/imports.ts';
import { ImportError, type ImportFault } from '../../import/list/import-error.ts';
import type { ImportedList } from '../../import/list/imported-list.ts';
import { placeRows } from '../../import/place/place-rows.ts';
import { previewOf } from '../../import/place/preview.ts';
import { type Profile, profileIn } from '../../import/site/address.ts';
import type { Site, Sites } from '../../import/site/sites.ts';
import type { Meter } from '../../watch/meter.ts';
import { previewJson } from '../answers/preview-json.ts';
import { clientAbortSignal } from '../http/client-abort.ts';
import { coercingValidator } from '../http/coerce-params.ts';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';
import { GateFull } from '../state/fair-gate.ts';
import { FileImports } from '../state/file-imports.ts';
import { Lookups } from '../state/lookups.ts';

/** Bytes of an address: longer bodies are lists. */
const LONGEST_ADDRESS = 2000;
/** Seconds after which there is likely room for another list. */
const ROOM_AFTER = 5;

const STATUS_OF: Readonly<Record<ImportFault, number>> = {
  unreadable: 400,
  'too-large': 413,
  private: 403,
  'no-such-user': 404,
  'not-set-up': 404,
  'over-budget': 429,
  busy: 503,
  away: 503,
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

const DETECTED =
  "What it is, is found from its content: MyAnimeList's XML, CSV of any dialect, JSON of the sites and their APIs, titles line by line; plain, gzip or zip; in any usual encoding; or the address of a profile at AniList or MyAnimeList, which is then looked up. Nothing of it is kept.";

/** @param type that the body usually has; every other is taken too, so that the body is not checked against this */
const fromFile = (operationId: string, type: string, summary: string) => ({
  ...operation({
    operationId,
    tag: 'Lists',
    summary,
    description: `The body is the file as it is, of any content type. ${DETECTED}`,
    answer: PreviewSchema,
    problems: [400, 403, 404, 413, 415, 429, 502, 503, 504],
  }),
  querystring: FileQuery,
  body: { content: { [type]: { schema: { type: 'string', format: 'binary' } } } },
});

const byName = (operationId: string, summary: string) =>
  operation({
    operationId,
    tag: 'Lists',
    summary,
    description:
      'A name that was just looked up is answered from memory for a minute. Each visitor may look up a few names a minute.',
    answer: PreviewSchema,
    problems: [400, 403, 404, 413, 429, 502, 503, 504],
  });

/** The two older addresses read whatever the first reads. */
const FROM_FILE = {
  '/api/import/list': fromFile(
    'importList',
    'application/octet-stream',
    'A list as a file, a text or an address: what was understood of it',
  ),
  '/api/import/mal-xml': fromFile(
    'importMalXml',
    'application/xml',
    'A MyAnimeList export (.xml or .xml.gz): what was understood of it',
  ),
  '/api/import/csv': fromFile(
    'importCsv',
    'text/csv',
    'A CSV with MyAnimeList ids or titles: what was understood of it',
  ),
};
const NAMED: Readonly<Record<Site, ReturnType<typeof operation>>> = {
  anilist: byName('importAniList', 'The public list of a user at AniList'),
  myanimelist: byName('importMyAnimeList', 'The public list of a user at MyAnimeList'),
};

export interface ImportRouteOptions {
  readonly bundles: CurrentBundle;
  readonly sites: Sites;
  readonly files?: FileImports;
  /** look-ups of one visitor a minute; default 10; 0 = no limit */
  readonly lookupsPerMinute?: number;
  /** called for each look-up: whether it was remembered, and how the site answered */
  readonly meter?: Meter;
}

export function importRoutes(app: App, options: ImportRouteOptions): void {
  const { bundles, sites, files = new FileImports() } = options;
  const lookups = new Lookups({
    sites,
    perVisitor: options.lookupsPerMinute,
    meter: options.meter,
  });
  app.addHook('onClose', () => files.close());

  app.get('/api/import', { schema: IMPORTS }, () => ({
    files: FILE_FORMATS,
    names: sites.malClientId ? ['anilist', 'myanimelist'] : ['anilist'],
    largest: MAX_FILE,
  }));

  const lookUp = async ({ site, name }: Profile, asking: AskingRequest) => {
    const list = await lookups.find(site, name, { visitor: asking.payer, signal: asking.signal });
    asking.charge(workOf(list));
    return preview(list, bundles, asking.signal);
  };

  for (const site of ['anilist', 'myanimelist'] satisfies Site[]) {
    app.get(
      `/api/import/${site}/:name`,
      { schema: { ...NAMED[site], params: NameParams } },
      (request, reply) =>
        answer(reply, (signal) =>
          lookUp({ site, name: request.params.name }, askingOf(request, signal)),
        ),
    );
  }

  app.register(async (scope: App) => {
    takeFiles(scope);
    for (const [path, schema] of Object.entries(FROM_FILE)) {
      scope.post(path, { schema, validatorCompiler: addressOnly }, (request, reply) =>
        answer(reply, (signal) => {
          const bytes = bytesOf(request.body);
          const asking = askingOf(request, signal);
          const profile = profileOf(bytes);
          if (profile) return lookUp(profile, asking);
          const { scale } = request.query;
          const file = { bytes, scale, visitor: request.payer, signal };
          return files.read(file, (list) => {
            asking.charge(workOf(list));
            return preview(list, bundles, signal);
          });
        }),
      );
    }
  });
}

/** The body is a file. */
const addressOnly: typeof coercingValidator = (route) =>
  route.httpPart === 'body' ? () => true : coercingValidator(route);

/** What a look-up needs of the request it is for. */
interface AskingRequest {
  readonly payer: string | null;
  readonly signal: AbortSignal;
  charge(work: number): void;
}

function askingOf(
  request: { readonly payer: string | null; charge(work: number): void },
  signal: AbortSignal,
): AskingRequest {
  return { payer: request.payer, signal, charge: (work) => request.charge(work) };
}

/** @returns null for a list @throws ImportError for an address at which there is none */
function profileOf(bytes: Uint8Array): Profile | null {
  if (bytes.length > LONGEST_ADDRESS) return null;
  return profileIn(Buffer.from(bytes).toString());
}

/** Matched against the bundle that is in use once the list is there: that may take a while. */
function preview(list: ImportedList, bundles: CurrentBundle, signal: AbortSignal): Promise<Buffer> {
  return bundles.use(async (bundle) => {
    const placed = await placeRows(list, bundle, signal);
    return previewJson(await previewOf(placed, bundle, signal), { signal });
  });
}

/** In lists of recommendations: about 10 µs a row, or a name that is looked up. */
function workOf({ rows }: ImportedList): number {
  const names = rows.reduce((sum, row) => sum + row.names.length, 0);
  return 0.02 * (rows.length + names);
}

/** @param work stops when the client leaves */
async function answer(
  reply: FastifyReply,
  work: (signal: AbortSignal) => Promise<Buffer>,
): Promise<FastifyReply> {
  const signal = clientAbortSignal(reply);
  try {
    return reply.type('application/json').send(await work(signal));
  } catch (error) {
    // Nobody reads it.
    if (signal.aborted) throw new Problem(400, 'The client has left');
    throw problemOfImport(error);
  }
}

function problemOfImport(error: unknown): unknown {
  if (error instanceof ImportError)
    return new Problem(STATUS_OF[error.fault], error.message, undefined, error.retryAfter);
  if (!(error instanceof GateFull)) return error;
  const status = error.who === 'visitor' ? 429 : 503;
  const who = error.who === 'visitor' ? 'your address' : 'all visitors';
  const detail = `Too many files of ${who} are waiting to be read. Try again in a few seconds`;
  return new Problem(status, detail, undefined, ROOM_AFTER);
}

/** A file is the body as it is, whatever type a client says that it has. */
function takeFiles(
  scope: Pick<App, 'removeAllContentTypeParsers' | 'addContentTypeParser' | 'setErrorHandler'>,
): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser<Buffer>(
    '*',
    { parseAs: 'buffer', bodyLimit: MAX_FILE },
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
      `The file is larger than ${MAX_FILE >> 20} MiB. Send it packed (.gz or .zip)`,
    );
  });
}

function bytesOf(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}
