/** POST /graphql. A whole query is answered from one bundle. */
import { GraphqlAnswerSchema, GraphqlBody } from '../../api/graphql.ts';
import type { TextGeneration } from '../../explain/text-generation.ts';
import { clientAbortSignal } from '../http/client-abort.ts';
import type { App } from '../http/fastify.ts';
import { MS_OF_A_LIST } from '../limits/route-work.ts';
import { visitorOf } from '../limits/visitor.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';
import type { GraphContext } from './context.ts';
import { QueryWork } from './query-work.ts';

/** https://graphql.github.io/graphql-over-http/draft/#sec-application-graphql-response-json */
const GRAPHQL_TYPE = 'application/graphql-response+json';

const GRAPHQL = operation({
  operationId: 'graphql',
  tag: 'Service',
  summary: 'The same data by GraphQL',
  description:
    'Introspection gives the schema. Errors come in the answer, as the GraphQL-over-HTTP specification says. To a client that accepts application/graphql-response+json, a query that cannot be answered at all has status 400; to others, 200.',
  answer: GraphqlAnswerSchema,
  type: ['application/json', GRAPHQL_TYPE],
  problems: [400, 413, 415, 503],
  instead: { 400: { type: GRAPHQL_TYPE, schema: GraphqlAnswerSchema } },
});

export interface GraphqlOptions {
  readonly bundles: CurrentBundle;
  readonly textGeneration: TextGeneration;
  /** false: the lists of the data set's users are switched off */
  readonly people: boolean;
  /** receives unexpected errors; clients do not see them */
  readonly report: (error: unknown) => void;
}

export function graphqlRoute(
  app: App,
  { bundles, textGeneration, people, report }: GraphqlOptions,
): void {
  const executor = executorWhenNeeded(app, report);
  app.post('/graphql', { schema: { ...GRAPHQL, body: GraphqlBody } }, (request, reply) =>
    bundles.use(async (bundle) => {
      const signal = clientAbortSignal(reply);
      const context: GraphContext = {
        bundle,
        people,
        count: (profile, list) => bundles.count(bundle, profile, list),
        explanations: textGeneration.explanations,
        requester: { visitor: visitorOf(request.ip), signal },
        work: new QueryWork({ signal, charge: (ms) => request.charge(ms / MS_OF_A_LIST) }),
      };
      const graph = await executor();
      const { data, errors } = await graph.execute(request.body, context);
      const shown = errors?.map((error) => graph.shown(error, report));
      const isNew = request.headers.accept?.includes(GRAPHQL_TYPE) ?? false;
      return reply
        .code(isNew && data === undefined ? 400 : 200)
        .header('cache-control', 'no-store')
        .type(isNew ? GRAPHQL_TYPE : 'application/json')
        .send({ data, errors: shown });
    }),
  );
}

/** ms after the server listens */
const SOON = 1000;

/** GraphQL's types take a tenth of a start, which nobody has to wait for: they are made at the first query, or soon. */
function executorWhenNeeded(app: App, report: GraphqlOptions['report']) {
  const load = async () => {
    const [{ GraphqlExecutor }, { shownError }] = await Promise.all([
      import('./execute.ts'),
      import('./shown-error.ts'),
    ]);
    const executor = new GraphqlExecutor();
    return { execute: executor.execute.bind(executor), shown: shownError };
  };
  let loaded: ReturnType<typeof load> | undefined;
  const executor = () => {
    loaded ??= load();
    return loaded;
  };
  app.addHook('onListen', async () => {
    setTimeout(() => executor().catch(report), SOON).unref();
  });
  return executor;
}
