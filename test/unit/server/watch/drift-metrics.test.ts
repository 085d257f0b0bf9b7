import * as prom from 'prom-client';
import { describe, expect, it } from 'vitest';
import type { TrafficWindow } from '../../../../src/server/state/traffic-window.ts';
import { driftMetrics } from '../../../../src/server/watch/drift-metrics.ts';
import type { DimensionDrift } from '../../../../src/traffic/drift.ts';

const drift = (part: Partial<DimensionDrift>): DimensionDrift => ({
  population: 'asked',
  dimension: 'genre',
  psi: 0.3,
  reading: 'large',
  byChance: 0.01,
  bins: [],
  ...part,
});

function metricsOf(found: readonly DimensionDrift[] | null) {
  const registry = new prom.Registry();
  const traffic = found && ({ drift: () => found } as unknown as TrafficWindow);
  const bundles: { traffic: TrafficWindow | null } = { traffic };
  driftMetrics(prom, registry, bundles);
  const lines = async () =>
    (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return { bundles, registry, lines };
}

describe('driftMetrics()', () => {
  it('has a value for each population and dimension with enough lists', async () => {
    const { lines } = metricsOf([
      drift({}),
      drift({ dimension: 'list_length', psi: 0, reading: 'stable' }),
      drift({ population: 'recommended', psi: 2, reading: 'too few' }),
      drift({ population: 'recommended', dimension: 'popularity', psi: null, reading: 'too few' }),
    ]);
    expect(await lines()).toEqual([
      'osusume_drift_population_stability{population="asked",dimension="genre"} 0.3',
      'osusume_drift_population_stability{population="asked",dimension="list_length"} 0',
    ]);
  });

  it('has none without a bundle that can be compared with, but is described', async () => {
    const { bundles, registry, lines } = metricsOf([drift({})]);
    expect(await lines()).toHaveLength(1);
    bundles.traffic = null;
    expect(await lines()).toEqual([]);
    expect(await registry.metrics()).toContain('# TYPE osusume_drift_population_stability gauge');
  });
});
