/** The description of the API: /openapi.json for programs, /docs for people. Both are made from the routes' schemas. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { RELEASE } from '../../program/release.ts';
import { isKnown, weakTag } from '../http/etag.ts';
import type { App } from '../http/fastify.ts';
import { pageHeaders } from '../http/page-policy.ts';
import { DOCS_STYLE } from './docs-style.ts';
import { type Json, nameSchemas } from './openapi-names.ts';

const DESCRIPTION = `Anime recommendations with reasons. Everything comes from one *bundle*, which may be replaced at any time; an answer's ETag belongs to the bundle that gave it.

Errors are \`application/problem+json\` (RFC 9457): \`detail\` says what is wrong and what to do, \`field\` where. Long lists come in pages: send \`next\` back as \`cursor\`. The same data is available by GraphQL: \`POST /graphql\`. \`/api\` is the newest version; this version stays at \`/api/v1\`.

For programs: [openapi.json](/openapi.json).`;

/** Swagger UI's page lacks the viewport tag that phones need. */
const VIEWPORT_SCRIPT = `document.head.insertAdjacentHTML(
  'beforeend', '<meta name="viewport" content="width=device-width, initial-scale=1">');
`;

/** The hash of the style inside Swagger UI's logo; its other styles are files. A new release may need another. */
const LOGO_STYLE = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

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
 */
export async function describeRoutes(app: App, people: boolean): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Osusume', version: RELEASE, description: DESCRIPTION },
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

function documentOf(app: App) {
  const json = JSON.stringify(app.swagger());
  return { json, etag: weakTag(json) };
}
