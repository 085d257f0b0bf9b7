/**
 * The server's metrics in Prometheus' format. The library is loaded only where somebody can ask for them: on a port of
 * their own, or with the operators' key.
 */
import type { Counter, Registry } from 'prom-client';
import type { Meter } from '../../watch/meter.ts';
import type { RequestTraces } from '../../watch/tracing.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';
import { bundleMetrics } from './bundle-metrics.ts';
import { driftMetrics } from './drift-metrics.ts';
import { HttpMetrics } from './http-metrics.ts';
import { ListMetrics } from './list-metrics.ts';
import { processMetrics } from './process-metrics.ts';
import { ServiceMetrics } from './service-metrics.ts';

export interface MetricsOptions {
  readonly bundles: CurrentBundle;
  /** lines that the log has dropped so far */
  readonly droppedLines?: () => number;
  readonly traces?: RequestTraces;
}

/** Why a request was turned away before it was looked at. */
export type Limit = 'visitor' | 'event-loop' | 'visitor-bodies' | 'bodies' | 'connections';

export class Metrics {
  readonly http: HttpMetrics;
  readonly lists: ListMetrics;
  /** of caches and of services that are asked */
  readonly services: Meter;
  readonly #registry: Registry;
  readonly #limited: Counter<'reason'>;
  readonly #wrongKeys: Counter;
  readonly #stop: () => void;

  static async open(options: MetricsOptions): Promise<Metrics> {
    // Of a CommonJS package that is bundled (build/program.js), only the default is there.
    const { default: prom } = await import('prom-client');
    return new Metrics(prom, options);
  }

  private constructor(prom: typeof import('prom-client'), options: MetricsOptions) {
    const { bundles, droppedLines, traces } = options;
    const registry = new prom.Registry();
    this.#registry = registry;
    this.http = new HttpMetrics(prom, registry);
    this.lists = new ListMetrics(prom, registry, bundles.recommended, traces);
    this.services = new ServiceMetrics(prom, registry);
    bundleMetrics(prom, registry, bundles);
    driftMetrics(prom, registry, bundles);
    this.#limited = new prom.Counter({
      name: 'osusume_limited_requests_total',
      help: 'Requests and connections that were turned away for the sake of others, by reason',
      labelNames: ['reason'],
      registers: [registry],
    });
    this.#wrongKeys = new prom.Counter({
      name: 'osusume_wrong_keys_total',
      help: "Wrong operators' keys",
      registers: [registry],
    });
    new prom.Counter({
      name: 'osusume_log_lines_dropped_total',
      help: 'Lines of the log that were not written because what reads them is too slow',
      registers: [registry],
      collect() {
        this.reset();
        this.inc(droppedLines?.() ?? 0);
      },
    });
    this.#stop = processMetrics(prom, registry);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All metrics, as text. */
  async text(): Promise<string> {
    const others = await this.#registry.metrics();
    return [others, this.http.durations.text(), this.lists.stages.text()].join('\n');
  }

  limited(reason: Limit): void {
    this.#limited.inc({ reason });
  }

  wrongKey(): void {
    this.#wrongKeys.inc();
  }

  stop(): void {
    this.#stop();
  }
}
