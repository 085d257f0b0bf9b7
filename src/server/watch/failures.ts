/** Tells operators of unexpected errors: a line of the log with the stack, and a report where there is an error service. */
import type { FastifyRequest } from 'fastify';
import type { ErrorReports } from '../../watch/error-reports.ts';
import type { Fields } from '../../watch/log.ts';
import { type Inputs, withoutInputs } from '../../watch/without-inputs.ts';
import { placeOf } from './watch-requests.ts';

export interface Failures {
  /** @param what has failed, as the beginning of a sentence */
  of(what: string, error: unknown): void;
  ofRequest(error: unknown, request: FastifyRequest): void;
}

interface FailureOptions {
  readonly report: (line: string, fields?: Fields) => void;
  readonly watch?: { readonly errors?: ErrorReports | null };
}

export function failureReport({ report, watch }: FailureOptions): Failures {
  const tell = (what: string, error: unknown, place: Fields = {}, inputs: Inputs = {}) => {
    report(`${what} failed: ${withoutInputs(textOf(error), inputs)}`, place);
    watch?.errors?.report(error, { ...place, what }, inputs);
  };
  return {
    of: (what, error) => tell(what, error),
    ofRequest(error, request) {
      const place = placeOf(request);
      const { params, query, headers, body, ip } = request;
      tell(`${place.method} ${place.route}`, error, place, { params, query, headers, body, ip });
    },
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
