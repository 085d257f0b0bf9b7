/** Metrics of caches and of the services that the server asks: other sites and the language model. */
import type { Counter, Registry } from 'prom-client';
import type { Meter, Outcome } from '../../watch/meter.ts';

type Prom = typeof import('prom-client');

export class ServiceMetrics implements Meter {
  readonly #asked: Counter<'upstream' | 'outcome'>;
  readonly #caches: Counter<'cache' | 'result'>;
  readonly #budgets = new Map<string, () => number>();

  constructor({ Counter, Gauge }: Prom, registry: Registry) {
    const registers = [registry];
    this.#asked = new Counter({
      name: 'osusume_upstream_requests_total',
      help: 'Requests to other services, by how they ended',
      labelNames: ['upstream', 'outcome'],
      registers,
    });
    this.#caches = new Counter({
      name: 'osusume_cache_requests_total',
      help: 'Times that a cache was asked',
      labelNames: ['cache', 'result'],
      registers,
    });
    const budgets = this.#budgets;
    new Gauge({
      name: 'osusume_upstream_budget_remaining',
      help: 'How many more requests a service may be sent at this moment',
      labelNames: ['upstream'],
      registers,
      collect() {
        for (const [upstream, left] of budgets) this.set({ upstream }, left());
      },
    });
  }

  asked(upstream: string, outcome: Outcome): void {
    this.#asked.inc({ upstream, outcome });
  }

  budget(upstream: string, left: () => number): void {
    this.#budgets.set(upstream, left);
  }

  cache(cache: string, isHit: boolean): void {
    this.#caches.inc({ cache, result: isHit ? 'hit' : 'miss' });
  }
}
