/** Metrics of the process: those that prom-client knows, and how late the event loop is. */
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { Registry } from 'prom-client';

type Prom = typeof import('prom-client');

/** ms between two samples of the event loop, which the samples include */
const RESOLUTION = 20;
/** ms that a value is about */
const WINDOW = 10_000;

/** @returns ends what is measured all the time */
export function processMetrics(
  { Gauge, collectDefaultMetrics }: Prom,
  registry: Registry,
): () => void {
  collectDefaultMetrics({ register: registry });
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  let last: number | null = null;
  // In windows of its own: several programs may ask for metrics, each at its own pace.
  const timer = setInterval(() => {
    last = longestOf(delay);
    delay.reset();
  }, WINDOW).unref();
  new Gauge({
    name: 'osusume_event_loop_lag_seconds',
    help: `By how much the event loop was late at most, within the last ${WINDOW / 1000} seconds or the ones before`,
    registers: [registry],
    collect() {
      this.set(Math.max(last ?? 0, longestOf(delay)));
    },
  });
  return () => {
    clearInterval(timer);
    delay.disable();
  };
}

function longestOf({ max, count }: IntervalHistogram): number {
  return count === 0 ? 0 : Math.max(0, max / 1e9 - RESOLUTION / 1000);
}
