/** The API described: /openapi.json for programs, /docs for people. Both are made from the schemas that the routes check. */
import { createHash } from 'node:crypto';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { RELEASE } from '../../release.ts';
import type { App } from '../http/fastify.ts';
import { LOOK } from './docs-style.ts';
import { type Json, nameSchemas } from './openapi-names.ts';

const DESCRIPTION = `Anime recommendations with reasons. Everything comes from one *bundle*, which may be replaced at any time; an answer's ETag is of the bundle that gave it.

Errors are \`application/problem+json\` (RFC 9457): \`detail\` says what is wrong and what to do, \`field\` where. Lists that can be long come in pages: hand \`next\` back as \`cursor\`. The same is there as GraphQL: \`POST /graphql\`. \`/api\` is the newest version; this one is at \`/api/v1\` too, and stays there.

For programs: [openapi.json](/openapi.json).`;

/** The package's page does not say that it fits a phone. */
const FITTED = `document.head.insertAdjacentHTML(
  'beforeend', '<meta name="viewport" content="width=device-width, initial-scale=1">');
`;

/** Call it before the routes are added. */
export async function describeRoutes(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Osusume', version: RELEASE, description: DESCRIPTION },
      tags: [
        { name: 'Recommendations', description: 'For a list that the request brings' },
        { name: 'Lists', description: 'That people have elsewhere' },
        { name: 'Titles' },
        { name: 'People', description: 'Of the data set' },
        { name: 'Service' },
      ],
    },
    hideUntagged: true,
    transformObject: (document) =>
      nameSchemas(('openapiObject' in document ? document.openapiObject : {}) as Json),
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    // Everything comes from the package itself; its styles are set by its script.
    staticCSP:
      "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; frame-ancestors 'self'",
    theme: {
      title: 'Osusume API',
      css: [{ filename: 'docs.css', content: LOOK }],
      js: [{ filename: 'docs.js', content: FITTED }],
    },
    uiConfig: {
      url: '/openapi.json',
      docExpansion: 'list',
      displayOperationId: true,
      defaultModelsExpandDepth: 0,
      displayRequestDuration: true,
      // A badge that would ask somebody else's server.
      validatorUrl: 'none',
    },
  });
  let made: { readonly json: string; readonly etag: string } | undefined;
  app.get('/openapi.json', { schema: { hide: true } }, (request, reply) => {
    made ??= described(app);
    reply.header('etag', made.etag).header('cache-control', 'public, no-cache');
    if (request.headers['if-none-match'] === made.etag) return reply.code(304).send();
    return reply.type('application/json').send(made.json);
  });
}

function described(app: App) {
  const json = JSON.stringify(app.swagger());
  const digest = createHash('sha256').update(json).digest('base64url').slice(0, 20);
  return { json, etag: `W/"${digest}"` };
}
