/**
 * Turns requests away before they cost anything: those of a visitor who has used up a budget of work (429), and costly
 * ones while the event loop is late (503). What is always cheap, such as /healthz, is always answered.
 */
import type { FastifyRequest } from 'fastify';
import type { LimitSettings } from '../../config/limit-settings.ts';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';
import { EventLoopLag } from './event-loop-lag.ts';
import type { OwnAddresses } from './own-address.ts';
import { workOf } from './route-work.ts';
import { visitorOf } from './visitor.ts';
import { WorkBudgets } from './work-budget.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** of a request, at least; in lists of recommendations */
    work?: number;
  }
  interface FastifyRequest {
    /** the visitor whose budget pays for this request; null = nobody's does */
    payer: string | null;
    /** Charges more than the route's least. @param work in lists of recommendations */
    charge(work: number): void;
  }
}

/** seconds */
const BUSY_FOR = 2;

/** Whose addresses are not limited, and whether forwarded ones are believed, so that all are. */
interface Whose {
  readonly own: OwnAddresses;
  readonly throughProxy: boolean;
  /** called with the reason when a request is turned away */
  readonly onLimited?: (reason: 'visitor' | 'event-loop') => void;
}

/** Call it before the routes are added. */
export function limitWork(
  app: App,
  limits: Pick<LimitSettings, 'listsPerSecond' | 'listsAtOnce' | 'maxEventLoopDelay'>,
  whose: Whose,
): void {
  app.addHook('onRoute', (route) => {
    route.config = { work: workOf(route.url), ...route.config };
  });
  if (limits.maxEventLoopDelay > 0) shedLoad(app, limits.maxEventLoopDelay, whose);
  keepBudgets(app, limits, whose);
}

/** 0 = it is always answered */
function workAtLeast({ routeOptions }: FastifyRequest): number {
  return routeOptions.config.work ?? 0;
}

function shedLoad(app: App, maxEventLoopDelay: number, { onLimited }: Whose): void {
  const lag = new EventLoopLag(maxEventLoopDelay);
  app.addHook('onClose', async () => lag.stop());
  app.addHook('onRequest', (request, _reply, done) => {
    if (!lag.isLate || workAtLeast(request) === 0) return done();
    onLimited?.('event-loop');
    done(busy());
  });
}

function busy(): Problem {
  return new Problem(
    503,
    'The server has more to do than it can at the moment. Try again in a few seconds',
    undefined,
    BUSY_FOR,
  );
}

function keepBudgets(
  app: App,
  { listsPerSecond, listsAtOnce }: Pick<LimitSettings, 'listsPerSecond' | 'listsAtOnce'>,
  { own, throughProxy, onLimited }: Whose,
): void {
  const budgets = new WorkBudgets({ perSecond: listsPerSecond, burst: listsAtOnce });
  app.decorateRequest('payer', null);
  app.decorateRequest('charge', function (this: FastifyRequest, work: number) {
    if (this.payer !== null) budgets.charge(this.payer, work);
  });
  if (listsPerSecond === 0) return;
  const policy = `"lists";q=${listsAtOnce};w=${Math.ceil(listsAtOnce / listsPerSecond)}`;
  app.addHook('onRequest', (request, reply, done) => {
    const { ip } = request;
    const work = workAtLeast(request);
    // The client may have gone; then it has no address.
    if (work === 0 || !ip || (!throughProxy && own.has(ip))) return done();
    const visitor = visitorOf(ip);
    const before = budgets.left(visitor);
    reply.header('ratelimit-policy', policy);
    const least = Math.min(work, listsAtOnce);
    if (before < least) {
      onLimited?.('visitor');
      reply.header('ratelimit', stateOf(budgets, before));
      return done(exhausted(budgets.secondsUntil(before, least)));
    }
    request.payer = visitor;
    reply.header('ratelimit', stateOf(budgets, budgets.charge(visitor, work)));
    done();
  });
}

function exhausted(seconds: number): Problem {
  const wait = Math.max(1, Math.ceil(seconds));
  return new Problem(
    429,
    `Your address has asked for more than its share. Try again in ${wait} s, or ask the operator for a larger share (serve.limits)`,
    undefined,
    wait,
  );
}

/** https://www.ietf.org/archive/id/draft-ietf-httpapi-ratelimit-headers-10.txt: what is left, and seconds until all is. */
function stateOf(budgets: WorkBudgets, left: number): string {
  const remaining = Math.max(0, Math.floor(left));
  return `"lists";r=${remaining};t=${Math.ceil(budgets.secondsUntil(left, budgets.burst))}`;
}
