/** What Fastify itself warns of, such as an answer that was sent twice. Its other lines would repeat ours. */
import type { FastifyBaseLogger } from 'fastify';
import type { Log } from '../../watch/log.ts';
import { withoutAddresses } from '../../watch/without-inputs.ts';

const nothing = () => {};

export function fastifyLog(log: Pick<Log, 'warn' | 'error'>): FastifyBaseLogger {
  const logger: FastifyBaseLogger = {
    level: 'warn',
    fatal: (...given: unknown[]) => log.error(`Fastify: ${messageOf(given)}`),
    error: (...given: unknown[]) => log.error(`Fastify: ${messageOf(given)}`),
    warn: (...given: unknown[]) => log.warn(`Fastify: ${messageOf(given)}`),
    info: nothing,
    debug: nothing,
    trace: nothing,
    silent: nothing,
    // One logger for all requests: making one for each costs more than the request's line.
    child: () => logger,
  };
  return logger;
}

/** Of an error only its code and where it arose: Fastify's messages quote the address that was asked for. */
function messageOf(given: readonly unknown[]): string {
  const [first] = given;
  const error = first instanceof Error ? first : (first as { err?: unknown } | null)?.err;
  if (!(error instanceof Error)) return 'a warning without an error';
  const { code } = error as { code?: unknown };
  const where = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  const lines = [String(code ?? error.name), ...where];
  return withoutAddresses(lines.join('\n'));
}
