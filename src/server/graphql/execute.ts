/** Answers GraphQL requests. A query that is too deep or too large is refused before it begins. */

import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  parse,
  validate,
} from 'graphql';
import type { Static } from 'typebox';
import type { GraphqlBody } from '../../api/graphql.ts';
import { Problem } from '../http/problem.ts';
import type { GraphContext } from './context.ts';
import { refuseCostly } from './cost.ts';
import { refuseLarge } from './document-bounds.ts';
import { SCHEMA } from './schema.ts';
import { refuseManyValues } from './variable-bounds.ts';

/** Enough for a list of 900 ratings that is written into the query. */
const MAX_TOKENS = 5000;
/** Errors of a query that are listed. */
const MAX_ERRORS = 10;
/** Reading and checking a query takes longer than making a list: the queries that clients repeat are kept. */
const MAX_DOCUMENTS = 200;
/** characters; longer queries are not kept */
const MAX_KEPT_LENGTH = 2000;

export class GraphqlExecutor {
  /** valid ones by their text, the one that was used last at the end */
  readonly #documents = new Map<string, DocumentNode>();

  /** @returns without `data` when nothing could be answered */
  async execute(
    { query, variables, operationName }: Static<typeof GraphqlBody>,
    contextValue: GraphContext,
  ): Promise<ExecutionResult> {
    const variableValues = variables ?? {};
    try {
      const known = this.#documents.get(query);
      const document = known ?? parsed(query);
      if (!known) refuseLarge(document);
      refuseManyValues(variableValues);
      refuseCostly(document, variableValues);
      const errors = known ? [] : validate(SCHEMA, document, undefined, { maxErrors: MAX_ERRORS });
      if (errors.length > 0) return { errors };
      this.#keep(query, document);
      return await execute({
        schema: SCHEMA,
        document,
        contextValue,
        variableValues,
        operationName,
      });
    } catch (error) {
      return { errors: [asGraphqlError(error)] };
    }
  }

  #keep(query: string, document: DocumentNode): void {
    if (query.length > MAX_KEPT_LENGTH) return;
    this.#documents.delete(query);
    this.#documents.set(query, document);
    const [oldest] = this.#documents.keys();
    if (this.#documents.size > MAX_DOCUMENTS) this.#documents.delete(oldest);
  }
}

/** @throws Problem 400 when lists in it are nested so deep that reading them needs more than the stack */
function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: MAX_TOKENS });
  } catch (error) {
    if (error instanceof RangeError)
      throw new Problem(400, 'The query has hundreds of lists or objects within each other');
    throw error;
  }
}

function asGraphqlError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  if (error instanceof Problem) return new GraphQLError(error.message, { originalError: error });
  throw error;
}
