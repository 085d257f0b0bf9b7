/** A bound on the variables of a query: graphql-js takes 2 µs for each value, all in a row. */
import { Problem } from '../http/problem.ts';

/** Lists, objects and plain values. A rating has four: a list may have 10,000 of them. */
const MAX_VALUES = 42_000;

/** @throws Problem 400 when there are too many */
export function refuseManyValues(variables: Readonly<Record<string, unknown>>): void {
  const left: unknown[] = [variables];
  let values = 0;
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== 'object' || value === null) continue;
    const parts = Object.values(value);
    values += parts.length;
    if (values > MAX_VALUES)
      throw new Problem(
        400,
        `The variables have more than ${MAX_VALUES} values. Send a list of more than 10,000 ratings to /api/recommendations`,
        'variables',
      );
    for (const part of parts) left.push(part);
  }
}
