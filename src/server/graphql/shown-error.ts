/** Errors of a query as clients see them. */
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DamagedFileError } from '../../error.ts';
import { DAMAGED_FILE, Problem, UNEXPECTED_FAILURE } from '../http/problem.ts';

/** An error of GraphQL itself, such as a variable of the wrong type, has no cause. */
function causeOf({ originalError }: GraphQLError): Error | undefined {
  return originalError instanceof GraphQLError ? originalError.originalError : originalError;
}

/** Without a stack, and without an unexpected cause, which is reported instead. */
export function shownError(
  error: GraphQLError,
  report: (error: unknown) => void,
): GraphQLFormattedError {
  const { message, locations, path } = error;
  const cause = causeOf(error);
  if (cause instanceof Problem) {
    const { status, field } = cause;
    return { message, locations, path, extensions: { status, field } };
  }
  if (!cause) return { message, locations, path };
  if (cause instanceof DamagedFileError)
    return { message: DAMAGED_FILE, locations, path, extensions: { status: 503 } };
  report(cause);
  return { message: UNEXPECTED_FAILURE, locations, path, extensions: { status: 500 } };
}
