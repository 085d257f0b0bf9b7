/** The description of the API: /openapi.json for programs, /docs for people. Both are made from the routes' schemas. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { LimitSettings } from '../../config/limit-settings.ts';
import { RELEASE } from '../../program/release.ts';
import { isKnown, weakTag } from '../http/etag.ts';
import type { App } from '../http/fastify.ts';
import { pageHeaders } from '../http/page-policy.ts';
import { DOCS_STYLE, DOCS_WEIGHTS } from './docs-style.ts';
import { limitsText } from './limits-text.ts';
import { type Json, nameSchemas } from './openapi-names.ts';

const DESCRIPTION = `Anime recommendations with reasons. Everything comes from one *bundle*, which may be replaced at any time; an answer's ETag belongs to the bundle that gave it.

Errors are \`application/problem+json\` (RFC 9457): \`detail\` says what is wrong and what to do, \`field\` where. Long lists come in pages: send \`next\` back as \`cursor\`. The same data is available by GraphQL: \`POST /graphql\`. \`/api\` is the newest version; this version stays at \`/api/v1\`.

For programs: [openapi.json](/openapi.json). For people: [the page](/).`;

const LIMITED = `**Limits.** An answer says in \`RateLimit\` how much is left (\`r\`), and in how many seconds it is full again (\`t\`). Beyond them the status is 429, and 503 when the server has too much to do: \`Retry-After\` says in how many seconds to ask again. 413 is a body that is too large. Programs on the server's own machine are not limited.`;

/** Swagger UI's page lacks the viewport tag that phones need. */
const VIEWPORT_SCRIPT = `document.head.insertAdjacentHTML(
  'beforeend', '<meta name="viewport" content="width=device-width, initial-scale=1">');
`;

/** The hash of the style inside Swagger UI's logo; its other styles are files. A new release may need another. */
const LOGO_STYLE = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

const { resolve } = createRequire(import.meta.url);

const PEOPLE = { name: 'People', description: 'Users of the data set' };
const TAGS = [
  { name: 'Recommendations', description: 'For a list in the request' },
  { name: 'Lists', description: 'That people keep at other sites' },
  { name: 'Titles' },
  PEOPLE,
  { name: 'Service' },
];

/**
 * Call it before the routes are added.
 * @param people false: no route answers with the lists of the data set's users
 * @param limits which the description states
 */
export async function describeRoutes(
  app: App,
  people: boolean,
  limits: LimitSettings,
): Promise<void> {
  const description = [DESCRIPTION, LIMITED, limitsText(limits)].join('\n\n');
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Osusume', version: RELEASE, description },
      tags: TAGS.filter((tag) => people || tag !== PEOPLE),
    },
    hideUntagged: true,
    transformObject: (document) =>
      nameSchemas(('openapiObject' in document ? document.openapiObject : {}) as Json),
  });
  await app.register(docsPage);
  let document: { readonly json: string; readonly etag: string } | undefined;
  app.get('/openapi.json', { schema: { hide: true } }, (request, reply) => {
    document ??= documentOf(app);
    reply.header('etag', document.etag).header('cache-control', 'public, no-cache');
    if (isKnown(request.headers['if-none-match'], document.etag)) return reply.code(304).send();
    return reply.type('application/json').send(document.json);
  });
}

/** Its files come from the package, which has no inline script, and one inline style. */
async function docsPage(app: App): Promise<void> {
  const { 'content-security-policy': staticCSP, ...headers } = pageHeaders('', {
    styles: [LOGO_STYLE],
  });
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  serveFonts(app);
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP,
    theme: {
      title: 'Osusume API',
      css: [{ filename: 'docs.css', content: DOCS_STYLE }],
      js: [{ filename: 'docs.js', content: VIEWPORT_SCRIPT }],
    },
    uiConfig: {
      url: '/openapi.json',
      docExpansion: 'list',
      displayOperationId: true,
      defaultModelsExpandDepth: 0,
      displayRequestDuration: true,
      // No badge: it would ask a server elsewhere.
      validatorUrl: 'none',
    },
  });
}

/** The page's typeface, whose files have other names with each build: from the package. */
function serveFonts(app: App): void {
  for (const weight of DOCS_WEIGHTS) {
    const name = `hanken-grotesk-latin-${weight}-normal.woff2`;
    let file: Promise<Buffer> | undefined;
    app.get(`/docs/fonts/${weight}.woff2`, { schema: { hide: true } }, async (_request, reply) => {
      file ??= readFile(resolve(`@fontsource/hanken-grotesk/files/${name}`));
      reply.header('cache-control', 'public, max-age=604800').type('font/woff2');
      return reply.send(await file);
    });
  }
}

function documentOf(app: App) {
  const json = JSON.stringify(app.swagger());
  return { json, etag: weakTag(json) };
}
