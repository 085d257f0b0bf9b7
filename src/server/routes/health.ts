/** Liveness and readiness: an orchestrator restarts a process that is not alive and waits for one that is not ready. */
import { AliveSchema, ReadySchema } from '../../api/health.ts';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

const ALIVE = operation({
  operationId: 'getHealth',
  tag: 'Service',
  summary: 'The process lives',
  answer: AliveSchema,
  problems: [],
  always: true,
});
const READY = operation({
  operationId: 'getReadiness',
  tag: 'Service',
  summary: 'There is a bundle to answer from',
  answer: ReadySchema,
  problems: [503],
  always: true,
});

/** @param closing aborts when the server begins to close */
export function healthRoutes(app: App, bundles: CurrentBundle, closing?: AbortSignal): void {
  app.get('/healthz', { schema: ALIVE }, (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );

  app.get('/readyz', { schema: READY }, (_request, reply) => {
    if (closing?.aborted) throw new Problem(503, 'The server is closing');
    const { version, fallback } = bundles;
    if (version === null) throw new Problem(503, notReady(bundles));
    const detail = fallback
      ? `The current bundle${fallback.named ? ` ${fallback.named}` : ''} cannot be used; this older one is. The log says why`
      : undefined;
    return reply
      .header('cache-control', 'no-store')
      .send({ status: 'ready', bundle: version, fallback: fallback !== null, detail });
  });
}

function notReady({ problem }: CurrentBundle): string {
  if (problem === null) return 'No bundle is open yet';
  return 'None of the bundles in this home can be used; the log says why. The server waits for a sound one';
}
