import { rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeArtefact } from '../../../src/home/artefact.ts';
import { map } from '../../../src/map.ts';
import { ItemWeights } from '../../../src/model/item-weights/item-weights.ts';
import { fitted, layOut } from '../../../src/title-map/layout.ts';
import { matchesCatalogue, openMap, writeMap } from '../../../src/title-map/map-file.ts';
import { neighbourhoodOf } from '../../../src/title-map/neighbourhood.ts';
import { spectralInit } from '../../../src/title-map/spectral-init.ts';
import { newHome, publishSmall } from '../../support/small-bundle.ts';
import { anime, CATALOGUE, shelf, WEIGHTS } from '../../support/small-catalogue.ts';

/** Two groups of titles that know only each other. */
function groups(size: number) {
  const titles = 2 * size;
  const rows = Array.from({ length: titles }, (_, r) => {
    const from = r < size ? 0 : size;
    return Array.from({ length: size }, (_, n) => from + n).filter((c) => c !== r);
  });
  const weights = {
    rows: titles,
    columns: titles,
    indptr: Uint32Array.from({ length: titles + 1 }, (_, r) => r * (size - 1)),
    indices: Uint32Array.from(rows.flat()),
    values: new Float32Array(titles * (size - 1)).fill(0.5),
  };
  const catalogue = Array.from({ length: titles }, (_, item) => anime({ animeId: item }));
  return shelf(catalogue, weights);
}

/** Each title is tied to those so many places after it, the first most. */
function ring(titles: number, steps: readonly number[]) {
  const row = (item: number) => steps.map((step) => (item + step) % titles);
  const order = steps.map((_, n) => n);
  const sorted = Array.from({ length: titles }, (_, item) =>
    [...order].sort((a, b) => row(item)[a] - row(item)[b]),
  );
  return {
    rows: titles,
    columns: titles,
    indptr: Uint32Array.from({ length: titles + 1 }, (_, r) => r * steps.length),
    indices: Uint32Array.from(sorted.flatMap((places, item) => places.map((n) => row(item)[n]))),
    values: Float32Array.from(sorted.flat(), (n) => 1 / (n + 1)),
  };
}

function empty(titles: number) {
  const catalogue = CATALOGUE.slice(0, titles).map((title) => ({ ...title, franchise: null }));
  const none = {
    rows: titles,
    columns: titles,
    indptr: new Uint32Array(titles + 1),
    indices: new Uint32Array(0),
    values: new Float32Array(0),
  };
  return shelf(catalogue, none);
}

describe('neighbourhoodOf()', () => {
  it('gives every title the same number of neighbours, nearest first, itself at 0', () => {
    const { indices, distances } = neighbourhoodOf(groups(20), 8);
    indices.forEach((row, item) => {
      expect(row[0]).toBe(item);
      expect(new Set(row).size).toBe(8);
      expect(row.every((other) => other < 20 === item < 20)).toBe(true);
      expect(distances[item][0]).toBe(0);
      expect(distances[item].slice(1).every((distance) => distance > 0)).toBe(true);
    });
  });

  it('takes most neighbours by taste, and some that are made alike', () => {
    const titles = 40;
    const by = (least: number) =>
      ring(
        titles,
        [0, 1, 2, 3].map((n) => least + n),
      );
    const bundle = shelf(
      Array.from({ length: titles }, (_, item) => anime({ animeId: item })),
      by(1),
    );
    const content = new ItemWeights('content', by(11), WEIGHTS);
    const { indices } = neighbourhoodOf({ ...bundle, models: { ...bundle.models, content } }, 9);
    indices.forEach((row, item) => {
      const steps = row.slice(1).map((other) => (other - item + titles) % titles);
      const together = steps.filter((step) => Math.min(step, titles - step) <= 8);
      expect(together).toHaveLength(6);
    });
  });

  it('places a title that nobody ties to anything by its genres, type and time', () => {
    const { indices, distances } = neighbourhoodOf(empty(10), 4);
    // "Loner": Drama, TV, 1998. "Film" shares the genre; the rest of its neighbours are TV.
    expect(indices[1]).toHaveLength(4);
    expect(indices[9].slice(1).every((other) => other !== 9)).toBe(true);
    for (const row of distances) expect([...row].sort((a, b) => a - b)).toEqual(row);
  });
});

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((x, y) => x + y, 0) / n;
  const [p, q] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let at = 0; at < n; at++) {
    ab += (a[at] - p) * (b[at] - q);
    aa += (a[at] - p) ** 2;
    bb += (b[at] - q) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

describe('spectralInit()', () => {
  it('gives every title a place of its own, and neighbours places near each other', () => {
    // a chain: its order is the slowest component
    const titles = 60;
    const chain = Array.from({ length: titles }, (_, item) =>
      [item, item - 1, item + 1, item - 2, item + 2].filter((n) => n >= 0 && n < titles),
    );
    const fame = new Float64Array(titles);
    const places = spectralInit(chain, fame, 1);
    expect(new Set(places.map(([x]) => x)).size).toBe(titles);
    const far = (step: number) =>
      places.slice(step).reduce((sum, [x], n) => sum + Math.abs(x - places[n][0]), 0) /
      (titles - step);
    expect(far(20)).toBeGreaterThan(4 * far(1));
    expect(spectralInit(chain, fame, 1)).toEqual(places);
  });

  it('lets no title have its place from how well known it is', () => {
    // two chains, side by side: along them titles are the better known
    const titles = 120;
    const chains = Array.from({ length: titles }, (_, item) =>
      [item, item - 2, item + 2, item - 4, item + 4, item ^ 1].filter((n) => n >= 0 && n < titles),
    );
    const fame = Float64Array.from(chains, (_, item) => item);
    const tied = (places: readonly (readonly [number, number])[]) =>
      Math.max(
        ...[0, 1].map((axis) =>
          Math.abs(
            correlation(
              fame,
              places.map((at) => at[axis]),
            ),
          ),
        ),
      );
    expect(tied(spectralInit(chains, new Float64Array(titles), 1))).toBeGreaterThan(0.7);
    expect(tied(spectralInit(chains, fame, 1))).toBeLessThan(0.3);
  });

  it('does not fall over titles that nothing ties together', () => {
    const places = spectralInit([[0], [1], [2]], Float64Array.of(3, 1, 2), 1);
    expect(new Set(places.map(String)).size).toBe(3);
  });
});

describe('layOut()', () => {
  it.each([0, 1, 2, 7])('puts %i titles on the map, none on another', async (titles) => {
    const positions = await layOut(empty(titles));
    expect(positions).toHaveLength(2 * titles);
    const places = new Set(
      Array.from({ length: titles }, (_, n) => positions.slice(2 * n, 2 * n + 2).join()),
    );
    expect(places.size).toBe(titles);
  });

  it('keeps what belongs together together, and is the same again with the same seed', async () => {
    const bundle = groups(30);
    const [one, again, other] = await Promise.all([
      layOut(bundle),
      layOut(bundle),
      layOut(bundle, { seed: 2 }),
    ]);
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    const distance = (a: number, b: number) =>
      Math.hypot(one[2 * a] - one[2 * b], one[2 * a + 1] - one[2 * b + 1]);
    let [within, across] = [0, 0];
    for (let a = 0; a < 30; a++)
      for (let b = 0; b < 30; b++) {
        within += distance(a, b) + distance(30 + a, 30 + b);
        across += 2 * distance(a, 30 + b);
      }
    expect(across).toBeGreaterThan(1.5 * within);
  });

  it('stops when its signal aborts', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(layOut(groups(20), { signal: stop.signal })).rejects.toThrow(/interrupted/);
  });
});

describe('fitted()', () => {
  it('fills the square, keeps proportions near the middle and draws islands nearer', () => {
    const points = Array.from({ length: 400 }, (_, n) => [n % 20, Math.floor(n / 20)]);
    points.push([1000, 10]);
    const positions = fitted(points);
    expect(Math.max(...positions)).toBeLessThanOrEqual(65_535);
    const width = positions[2 * 19] - positions[0];
    const height = positions[2 * 380 + 1] - positions[1];
    expect(Math.abs(width - height)).toBeLessThan(0.1 * width);
    // The island is 50 widths away: less than one is left, and it stays the outermost.
    expect(positions[2 * 400]).toBeGreaterThan(positions[2 * 19]);
    expect(positions[2 * 400] - positions[2 * 19]).toBeLessThan(width);
  });

  it('does not fall over points that are all the same', () => {
    expect([
      ...fitted([
        [1, 1],
        [1, 1],
      ]),
    ]).toEqual([32767, 32767, 32767, 32767]);
  });
});

describe('map()', () => {
  let home: string;
  beforeEach(async () => {
    home = await newHome();
  });
  afterEach(() => rm(home, { recursive: true }));

  it('makes a map of the published bundle that fits its catalogue, and only that', async () => {
    await publishSmall(home);
    const { version, titles } = await map({ home });
    expect(titles).toBe(CATALOGUE.length);
    const made = await openMap(home);
    expect(made.version).toBe(version);
    expect(matchesCatalogue(made, CATALOGUE)).toBe(true);
    expect(matchesCatalogue(made, CATALOGUE.slice(1))).toBe(false);
    expect(matchesCatalogue(made, [...CATALOGUE].reverse())).toBe(false);
  });

  it('says what to run when there is no bundle, and names the file when a map is damaged', async () => {
    await expect(map({ home })).rejects.toThrow(/osusume publish/);
    await expect(openMap(home)).rejects.toThrow(/osusume map/);
    const positions = new Uint16Array(2 * CATALOGUE.length);
    const { folder } = await writeArtefact(home, 'map', (to) =>
      writeMap(to, CATALOGUE, positions, 'b'),
    );
    await truncate(join(folder, 'map.safetensors'), 20);
    await expect(openMap(home)).rejects.toThrow(/map\.safetensors.*expected/);
  });

  it('keeps the last map when it is interrupted', async () => {
    const catalogue = Array.from({ length: 30 }, (_, item) => anime({ animeId: item }));
    await publishSmall(home, catalogue);
    const { version } = await map({ home });
    const stop = new AbortController();
    stop.abort();
    await expect(map({ home, signal: stop.signal })).rejects.toThrow(/interrupted/);
    expect((await openMap(home)).version).toBe(version);
  });
});
