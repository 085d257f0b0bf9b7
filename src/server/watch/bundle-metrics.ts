/** Metrics of the bundle in use. They are read from its state whenever somebody asks. */
import type { Registry } from 'prom-client';
import type { CurrentBundle } from '../state/current-bundle.ts';

type Prom = typeof import('prom-client');

export function bundleMetrics(
  { Counter, Gauge }: Prom,
  registry: Registry,
  bundles: CurrentBundle,
): void {
  const registers = [registry];
  new Gauge({
    name: 'osusume_bundle_info',
    help: 'The bundle in use: its version, and the name of the data that it was made from',
    labelNames: ['version', 'source'],
    registers,
    collect() {
      this.reset();
      const { inUse } = bundles;
      if (inUse) this.set({ version: inUse.version, source: inUse.about.origin.name }, 1);
    },
  });
  new Gauge({
    name: 'osusume_bundle_created_timestamp_seconds',
    help: 'When the bundle in use was published; absent without one',
    registers,
    collect() {
      this.remove();
      const { inUse } = bundles;
      if (inUse) this.set(Date.parse(inUse.about.publishedAt) / 1000);
    },
  });
  new Gauge({
    name: 'osusume_bundle_is_fallback',
    help: '1 = an older bundle is in use because the current one cannot be',
    registers,
    collect() {
      this.set(bundles.fallback ? 1 : 0);
    },
  });
  new Counter({
    name: 'osusume_bundle_swaps_total',
    help: 'Times that a bundle took the place of another',
    registers,
    collect() {
      this.reset();
      this.inc(bundles.swaps);
    },
  });
  new Counter({
    name: 'osusume_bundle_refusals_total',
    help: 'Bundles that were not taken, by reason',
    labelNames: ['reason'],
    registers,
    collect() {
      this.reset();
      for (const [reason, times] of bundles.refusals) this.inc({ reason }, times);
    },
  });
}
