/** POST /graphql. The whole question is answered from one bundle; what is too deep or too large is not begun. */
import { type DocumentNode, GraphQLError, type GraphQLFormattedError, parse } from 'graphql';
import mercurius from 'mercurius';
import { GraphqlAnswerSchema, GraphqlBody } from '../../api/graphql.ts';
import type { TextGeneration } from '../../explain/text-generation.ts';
import { clientAbortSignal } from '../http/client-abort.ts';
import type { App } from '../http/fastify.ts';
import { Problem, UNFORESEEN } from '../http/problem.ts';
import { visitorOf } from '../http/visitor.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';
import { refuseCostly } from './cost.ts';
import { type GraphContext, RESOLVERS } from './resolvers.ts';
import { SCHEMA } from './schema.ts';

/** TextGeneration of a question: more cannot be meant, and reading them takes time. */
const MOST_TOKENS = 5000;

const GRAPHQL = operation({
  operationId: 'graphql',
  tag: 'Service',
  summary: 'The same as a graph',
  description:
    'Introspection says what there is. A question that cannot be answered at all has status 400 and errors; one that can in part has status 200 and both.',
  answer: GraphqlAnswerSchema,
  problems: [400, 413, 415, 503],
  instead: { 400: GraphqlAnswerSchema },
});

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[];
}

export interface GraphqlOptions {
  readonly bundles: CurrentBundle;
  readonly textGeneration: TextGeneration;
  /** takes what was not foreseen; the client is not shown it */
  readonly report: (error: unknown) => void;
}

export async function graphqlRoute(
  app: App,
  { bundles, textGeneration, report }: GraphqlOptions,
): Promise<void> {
  await app.register(mercurius, {
    schema: SCHEMA,
    resolvers: RESOLVERS as never,
    routes: false,
    // The route below formats errors; the default one would log them, too.
    errorFormatter: ({ data, errors }) =>
      ({ statusCode: 200, response: { data, errors } }) as never,
  });
  app.post('/graphql', { schema: { ...GRAPHQL, body: GraphqlBody } }, (request, reply) =>
    bundles.use(async (bundle) => {
      const { query, variables, operationName } = request.body;
      const context: GraphContext = {
        bundle,
        recommended: bundles.recommended,
        explanations: textGeneration.explanations,
        requester: { visitor: visitorOf(request.ip), signal: clientAbortSignal(reply) },
      };
      const { data, errors } = await answerTo(query, variables ?? {}, () =>
        app.graphql(query, context as never, variables ?? {}, operationName ?? undefined),
      );
      const shown = errors?.map((error) => shownError(error, report));
      return reply
        .code(data === undefined ? 400 : 200)
        .header('cache-control', 'no-store')
        .type('application/json')
        .send({ data, errors: shown });
    }),
  );
}

/** `data` is absent when nothing could be answered. */
async function answerTo(
  query: string,
  variables: Record<string, unknown>,
  execute: () => Promise<Answer>,
): Promise<Answer> {
  try {
    refuseCostly(parsed(query), variables);
    return await execute();
  } catch (error) {
    if (error instanceof Problem || isGraphqlError(error))
      return { errors: [asGraphqlError(error)] };
    const errors = errorsOf(error);
    if (errors) return { errors };
    throw error;
  }
}

/** @throws GraphQLError */
function parsed(query: string): DocumentNode {
  return parse(query, { maxTokens: MOST_TOKENS });
}

/** Validation fails with an error that has all that is wrong. */
function errorsOf(error: unknown): readonly GraphQLError[] | null {
  if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors))
    return null;
  return error.errors.every(isGraphqlError) ? error.errors : null;
}

/** By name: the library may be loaded twice, once by each kind of import. */
function isGraphqlError(error: unknown): error is GraphQLError {
  return error instanceof Error && error.name === 'GraphQLError';
}

function asGraphqlError(error: Problem | GraphQLError): GraphQLError {
  return isGraphqlError(error) ? error : new GraphQLError(error.message, { originalError: error });
}

/** Of a wrong variable the cause is an error of the language itself, which has no other. */
function causeOf({ originalError }: GraphQLError): Error | undefined {
  return isGraphqlError(originalError) ? originalError.originalError : originalError;
}

/** What a client may see of an error: no cause that was not foreseen, and no stack. */
function shownError(error: GraphQLError, report: (error: unknown) => void): GraphQLFormattedError {
  const { message, locations, path } = error;
  const cause = causeOf(error);
  if (cause instanceof Problem) {
    const { status, field } = cause;
    return { message, locations, path, extensions: { status, field } };
  }
  if (!cause) return { message, locations, path };
  report(cause);
  return { message: UNFORESEEN, locations, path, extensions: { status: 500 } };
}
