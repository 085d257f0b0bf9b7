import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Csr } from '../../../../src/data/csr.ts';
import { STATUS, type StatusCode } from '../../../../src/data/interactions.ts';
import { ArtefactError } from '../../../../src/error.ts';
import { Discovery, NO_EVIDENCE } from '../../../../src/model/discovery/discovery.ts';
import {
  DISCOVERY_FILE,
  fitDiscovery,
  readDiscovery,
  writeDiscovery,
} from '../../../../src/model/discovery/discovery-file.ts';
import { USUAL_COEFFICIENTS } from '../../../../src/model/discovery/seen-chance.ts';
import { ItemWeights } from '../../../../src/model/item-weights/item-weights.ts';
import { randomCsr } from '../../../support/random-csr.ts';
import { anime, slimOf, WEIGHTS } from '../../../support/small-catalogue.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

const ITEMS = 12;
const COEFFICIENTS = Float32Array.from(USUAL_COEFFICIENTS);

/** B with these entries. */
function weightsOf(
  entries: readonly (readonly [row: number, column: number, value: number])[],
): Csr {
  const sorted = [...entries].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    rows: ITEMS,
    columns: ITEMS,
    indptr: Uint32Array.from(
      { length: ITEMS + 1 },
      (_, r) => sorted.filter(([row]) => row < r).length,
    ),
    indices: Uint32Array.from(sorted, ([, column]) => column),
    values: Float32Array.from(sorted, ([, , value]) => value),
  };
}

const alone = Array.from({ length: ITEMS }, (_, n) => anime({ animeId: n }));

interface World {
  readonly entries: Parameters<typeof weightsOf>[0];
  readonly shares?: Readonly<Record<number, number>>;
  readonly catalogue?: typeof alone;
  readonly statuses?: Readonly<Record<number, StatusCode>>;
}

/** The values for somebody who loves the first `named` titles. */
function valuesFor(named: number, world: World, caution = 1): Float32Array {
  const { entries, shares = {}, catalogue = alone, statuses = {} } = world;
  const share = Float32Array.from({ length: ITEMS }, (_, n) => shares[n] ?? 0.05);
  const discovery = new Discovery(catalogue, share, COEFFICIENTS);
  const model = new ItemWeights('part', weightsOf(entries), WEIGHTS);
  const items = Uint32Array.from(
    new Set([...Array(named).keys(), ...Object.keys(statuses).map(Number)]),
  );
  const profile = {
    items,
    ratings: Uint8Array.from(items, (item) => (statuses[item] ? 0 : 9)),
    statuses: Uint8Array.from(items, (item) => statuses[item] ?? STATUS.completed),
  };
  const out = new Float32Array(ITEMS);
  const all = [{ weights: model, share: 1 }];
  discovery.read({ profile, weights: model.weigh(profile), shares: all }, caution, out);
  return out;
}

describe('Discovery', () => {
  it('prefers what several titles speak for to what one does as strongly', () => {
    const spread = [0, 1, 2, 3].map((row) => [row, 8, 0.05] as const);
    const values = valuesFor(4, { entries: [...spread, [0, 9, 0.2]] });
    expect(values[8]).toBeGreaterThan(values[9]);
  });

  it('leaves out what most people have seen', () => {
    const world = { entries: [[0, 8, 0.1] as const, [0, 9, 0.1] as const], shares: { 8: 0.7 } };
    const values = valuesFor(1, world);
    expect(values[8]).toBeLessThan(values[9] - 1);
    const careless = valuesFor(1, world, 0);
    expect(careless[9] - careless[8]).toBeLessThan(values[9] - values[8] - 1);
  });

  it('leaves out what continues a named story', () => {
    const story = { franchiseId: 0, name: 'Story', position: 1, size: 2, prerequisite: null };
    const catalogue = alone.map((title, n) =>
      n === 0 || n === 8 ? { ...title, franchise: story } : title,
    );
    const values = valuesFor(1, {
      entries: [
        [0, 8, 0.2],
        [0, 9, 0.1],
      ],
      catalogue,
    });
    expect(values[8]).toBeLessThan(values[9]);
  });

  it('believes that a planned title has not been seen', () => {
    const world = { entries: [[0, 8, 0.1] as const], shares: { 8: 0.6 } };
    const planned = valuesFor(1, { ...world, statuses: { 8: STATUS.plan_to_watch } });
    expect(planned[8]).toBeGreaterThan(valuesFor(1, world)[8] + 0.5);
  });

  it('puts what the list says nothing for below what it says something for, and what few list last', () => {
    const catalogue = alone.map((title, n) => (n === 9 ? { ...title, meanScore: 9 } : title));
    const values = valuesFor(1, { entries: [[0, 8, 0.1]], catalogue, shares: { 10: 0.001 } });
    expect(values[9]).toBeLessThan(values[8] - 1);
    expect(values[10]).toBeLessThan(NO_EVIDENCE / 2);
    expect(values[11]).toBeGreaterThan(NO_EVIDENCE / 2);
  });

  it('leaves the scores as they are when the list says nothing at all', () => {
    expect([...valuesFor(1, { entries: [[5, 8, 0.1]] })]).toEqual(new Array(ITEMS).fill(0));
    expect([...valuesFor(1, { entries: [[0, 8, -0.1]] })]).toEqual(new Array(ITEMS).fill(0));
  });

  it('has shares for exactly the titles of the catalogue', () => {
    expect(() => new Discovery(alone, new Float32Array(3), COEFFICIENTS)).toThrow(RangeError);
    expect(() => new Discovery(alone, new Float32Array(ITEMS), new Float32Array(2))).toThrow(
      RangeError,
    );
  });
});

describe('discovery.safetensors', () => {
  it('is fitted alike each time, and read as it was written', async () => {
    const dataset = smallDataset({ people: 60, titles: 40 });
    const slim = slimOf(randomCsr(dataset.catalogue.length, 0.3, 3));
    const everyone = { from: 0, to: dataset.interactions.users };
    const fitted = fitDiscovery(dataset, everyone, slim);
    expect(fitDiscovery(dataset, everyone, slim).coefficients).toEqual(fitted.coefficients);
    expect(fitted.coefficients).not.toEqual(COEFFICIENTS);
    const folder = await mkdtemp(join(tmpdir(), 'osusume-discovery-'));
    await writeDiscovery(folder, fitted);
    const read = await readDiscovery(folder, dataset.catalogue);
    expect([read.shares, read.coefficients]).toEqual([fitted.shares, fitted.coefficients]);
    await expect(readDiscovery(folder, dataset.catalogue.slice(1))).rejects.toThrow(ArtefactError);
    await truncate(join(folder, DISCOVERY_FILE), 90);
    await expect(readDiscovery(folder, dataset.catalogue)).rejects.toThrow(DISCOVERY_FILE);
    await rm(folder, { recursive: true });
  });

  it('refuses shares that are none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'osusume-discovery-'));
    const shares = new Float32Array(ITEMS).fill(1.5);
    await writeDiscovery(folder, { shares, coefficients: COEFFICIENTS });
    await expect(readDiscovery(folder, alone)).rejects.toThrow(/not between 0 and 1/);
    await rm(folder, { recursive: true });
  });
});
