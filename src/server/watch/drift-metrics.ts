/** Metric of how far what is asked and recommended is from the training data: src/traffic. */
import type { Registry } from 'prom-client';
import type { CurrentBundle } from '../state/current-bundle.ts';

type Prom = typeof import('prom-client');

export function driftMetrics(
  { Gauge }: Prom,
  registry: Registry,
  bundles: Pick<CurrentBundle, 'traffic'>,
): void {
  new Gauge({
    name: 'osusume_drift_population_stability',
    help: 'Population stability index of the last 24 hours against the training data; absent while there are too few lists',
    labelNames: ['population', 'dimension'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { population, dimension, psi, reading } of bundles.traffic?.drift() ?? [])
        if (psi !== null && reading !== 'too few') this.set({ population, dimension }, psi);
    },
  });
}
