import { describe, expect, it } from 'vitest';
import { decodeMap } from '../../../../src/web/map/map-data.ts';
import { placeLabels } from '../../../../src/web/map/map-labels.ts';
import { nearestTo, type Points, pointsOf } from '../../../../src/web/map/map-points.ts';
import { between, moved, onScreen, whole, zoomed } from '../../../../src/web/map/map-view.ts';

const size = { width: 800, height: 600 };

describe('the view of a map', () => {
  it('shows everything at first, and what is under the pointer stays there when zooming', () => {
    const view = whole(size);
    expect(onScreen(view, size, 0.5, 0.5)).toEqual([400, 300]);
    const near = zoomed(view, size, 500, 200, 3);
    const x = (500 - 400) / view.zoom + view.x;
    const y = (200 - 300) / view.zoom + view.y;
    const [px, py] = onScreen(near, size, x, y);
    expect(px).toBeCloseTo(500, 6);
    expect(py).toBeCloseTo(200, 6);
  });

  it('never leaves the map, and zooms neither into nothing nor out of sight', () => {
    const view = whole(size);
    expect(moved(view, 1e9, -1e9)).toMatchObject({ x: 0, y: 1 });
    expect(zoomed(view, size, 0, 0, 1e9).zoom).toBe(120 * view.zoom);
    expect(zoomed(view, size, 0, 0, 1e-9).zoom).toBeCloseTo(0.8 * view.zoom, 6);
  });

  it('flies from one place to another', () => {
    const [from, to] = [whole(size), { x: 0.1, y: 0.2, zoom: 6000 }];
    expect(between(from, to, 0)).toEqual(from);
    expect(between(from, to, 1).zoom).toBeCloseTo(6000, 6);
    expect(between(from, to, 0.5).zoom).toBeCloseTo(Math.sqrt(600 * 6000), 6);
  });
});

describe('placeLabels()', () => {
  it('names the most important first, and no two overlap', () => {
    const places = Array.from({ length: 200 }, (_, n) => ({
      x: (n * 37) % 300,
      y: (n * 53) % 200,
      radius: 2,
    }));
    const labels = placeLabels({
      order: places.keys(),
      placeOf: (title) => (title === 3 ? null : places[title]),
      widthOf: () => 60,
      height: 16,
      width: 400,
      most: 40,
    });
    expect(labels[0].title).toBe(0);
    expect(labels.length).toBeGreaterThan(10);
    expect(labels.map(({ title }) => title)).not.toContain(3);
    for (const one of labels)
      for (const other of labels)
        if (one !== other && Math.abs(one.y - other.y) < 16)
          expect(Math.abs(one.x - other.x)).toBeGreaterThanOrEqual(60);
  });

  it('leaves out a name that has no room on either side', () => {
    const labels = placeLabels({
      order: [0, 1],
      placeOf: (title) => ({ x: title === 0 ? 150 : 250, y: 20, radius: 2 }),
      widthOf: () => 200,
      height: 16,
      width: 300,
      most: 9,
    });
    expect(labels.map(({ title }) => title)).toEqual([1]);
  });

  it('puts a name that would run out of the map left of its point', () => {
    const [label] = placeLabels({
      order: [0],
      placeOf: () => ({ x: 390, y: 10, radius: 2 }),
      widthOf: () => 60,
      height: 16,
      width: 400,
      most: 1,
    });
    expect(label.x).toBe(390 - 2 - 4 - 60);
  });

  it('names no more than are wanted, and nothing of nothing', () => {
    const options = {
      placeOf: (n: number) => ({ x: 0, y: 100 * n, radius: 1 }),
      widthOf: () => 9,
      height: 9,
      width: 100,
    };
    expect(placeLabels({ ...options, order: [0, 1, 2], most: 2 })).toHaveLength(2);
    expect(placeLabels({ ...options, order: [], most: 2 })).toEqual([]);
  });
});

describe('pointsOf()', () => {
  const column = (data: Uint8Array | Uint16Array | Int32Array) =>
    Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
  const sent = {
    genres: ['Drama'],
    titles: ['A', 'B', 'C'],
    animeIds: column(Int32Array.of(1, 1, 1)),
    x: column(Uint16Array.of(0, 32768, 65535)),
    y: column(Uint16Array.of(0, 32768, 65535)),
    genre: column(Uint8Array.of(0, 1, 0)),
    year: column(Uint8Array.of(90, 0, 115)),
    members: column(Uint8Array.of(216, 72, 28)),
    adult: column(Uint8Array.of(0, 0, 1)),
  };
  const look = {
    by: 'genre' as const,
    only: null,
    adult: false,
    dark: true,
    mine: new Set([2]),
    recommended: new Set<number>(),
  };
  const grey = () => Uint8Array.of(9, 9, 9, 255);

  it('draws what many list larger, lights up mine and hides adult titles', () => {
    const points = pointsOf(decodeMap(sent), look, grey);
    expect(points.radius[0]).toBeGreaterThan(points.radius[1]);
    expect(points.radius[2]).toBe(0);
    expect(points.highlighted).toEqual([1]);
    expect(pointsOf(decodeMap(sent), { ...look, adult: true }, grey).radius[2]).toBeGreaterThan(0);
  });

  it('finds the title under the pointer, and none where there is none', () => {
    const points: Points = pointsOf(decodeMap(sent), look, grey);
    expect(nearestTo(points, whole(size), size, [401, 301], 8)).toBe(1);
    expect(nearestTo(points, whole(size), size, [401, 401], 8)).toBe(-1);
    expect(nearestTo(points, whole(size), size, [700, 600], 8)).toBe(-1);
  });

  it('reads ids, years and members back, the most listed title first', () => {
    const map = decodeMap({
      ...sent,
      animeIds: column(Int32Array.of(5, 100, 20_000)),
      members: column(Uint8Array.of(28, 72, 216)),
    });
    expect([...map.animeIds]).toEqual([20_105, 105, 5]);
    expect(map.titles).toEqual(['C', 'B', 'A']);
    expect([...map.year]).toEqual([2015, 0, 1990]);
    expect([...map.adult]).toEqual([1, 0, 0]);
    expect([...map.x]).toEqual([...map.y]);
    expect(map.x[0]).toBe(1);
    expect(map.members[0]).toBeCloseTo(999_999, -1);
    expect(map.members[1]).toBeCloseTo(99, 3);
  });

  it('refuses a map whose columns differ in length', () => {
    expect(() => decodeMap({ ...sent, x: sent.adult })).toThrow();
    expect(() => decodeMap({ ...sent, titles: ['A'] })).toThrow(/columns differ in length/);
  });
});
