/** Metrics of requests: how many are running, and how long each route takes. */
import type { Registry } from 'prom-client';
import { type DurationSeries, Durations } from './durations.ts';

type Prom = typeof import('prom-client');

/** Seconds. A list takes a millisecond; 0.05 and 0.25 are what the objectives are about. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Labels = 'route' | 'method' | 'status';

export class HttpMetrics {
  readonly durations = new Durations<Labels>({
    name: 'osusume_http_request_duration_seconds',
    help: 'From the headers of a request to the end of its answer. Status 499: the client left before',
    labelNames: ['route', 'method', 'status'],
    buckets: BUCKETS,
  });
  readonly #known = new Map<string, DurationSeries>();
  #running = 0;

  constructor({ Gauge }: Prom, registry: Registry) {
    const running = () => this.#running;
    new Gauge({
      name: 'osusume_http_requests_in_flight',
      help: 'Requests that have begun and are not answered',
      registers: [registry],
      collect() {
        this.set(running());
      },
    });
  }

  begin(): void {
    this.#running++;
  }

  end(route: string, method: string, status: number, seconds: number): void {
    this.#running--;
    const key = `${status} ${method} ${route}`;
    let durations = this.#known.get(key);
    if (!durations) {
      durations = this.durations.of({ route, method, status: String(status) });
      this.#known.set(key, durations);
    }
    durations.observe(seconds);
  }
}
