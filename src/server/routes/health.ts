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

export function healthRoutes(app: App, bundles: CurrentBundle): void {
  app.get('/healthz', { schema: ALIVE }, (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );

  app.get('/readyz', { schema: READY }, (_request, reply) => {
    if (bundles.version === null) throw new Problem(503, 'No bundle is open yet');
    return reply
      .header('cache-control', 'no-store')
      .send({ status: 'ready', bundle: bundles.version });
  });
}
