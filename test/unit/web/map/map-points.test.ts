import { describe, expect, it } from 'vitest';
import type { MapData } from '../../../../src/web/map/map-data.ts';
import { type Look, pointsOf } from '../../../../src/web/map/map-points.ts';
import { regionsOf } from '../../../../src/web/map/map-regions.ts';

const GENRES = ['Mecha', 'Sports'];

/** Titles by place and genre; 2 = another genre. */
function mapOf(titles: readonly (readonly [x: number, y: number, genre: number])[]): MapData {
  const count = titles.length;
  return {
    count,
    animeIds: Int32Array.from(titles, (_, at) => 100 + at),
    x: Float32Array.from(titles, ([x]) => x),
    y: Float32Array.from(titles, ([, y]) => y),
    genre: Uint8Array.from(titles, ([, , genre]) => genre),
    year: new Uint16Array(count),
    members: Float32Array.from(titles, (_, at) => 1000 * (count - at)),
    adult: new Uint8Array(count),
    genres: GENRES,
    titles: titles.map((_, at) => `Title ${at}`),
  };
}

const LOOK: Look = {
  by: 'genre',
  only: null,
  adult: false,
  dark: true,
  mine: new Set(),
  recommended: new Set(),
};
const rgb = () => new Uint8Array([1, 2, 3, 255]);
const spread = (count: number) =>
  mapOf(Array.from({ length: count }, (_, at) => [at / count, 0.5, 0] as const));

describe('pointsOf()', () => {
  it('draws each highlighted title after a rim of its own, recommended ones on top', () => {
    const look = { ...LOOK, mine: new Set([101, 103]), recommended: new Set([101, 102]) };
    const { count, highlighted, mine, onTop, radius, x } = pointsOf(spread(5), look, rgb);
    expect([highlighted, mine]).toEqual([
      [1, 3, 2],
      [1, 3],
    ]);
    expect(onTop).toEqual([count, 1, count + 1, 3, count + 2, 2]);
    for (const at of [0, 2, 4]) {
      expect(radius[onTop[at]]).toBeGreaterThan(radius[onTop[at + 1]]);
      expect(x[onTop[at]]).toBe(x[onTop[at + 1]]);
    }
  });

  it('many are smaller, and only recommended ones glow', () => {
    const few = pointsOf(spread(400), { ...LOOK, mine: new Set([100, 101]) }, rgb);
    expect(few.glowing).toEqual([0, 1]);
    const ids = Array.from({ length: 300 }, (_, at) => 100 + at);
    const look = { ...LOOK, mine: new Set(ids), recommended: new Set([450]) };
    const many = pointsOf(spread(400), look, rgb);
    expect(many.glowing).toEqual([350]);
    expect(many.radius[0]).toBeLessThan(0.7 * few.radius[0]);
    expect(many.colours[4 * 399 + 3]).toBeLessThan(few.colours[4 * 399 + 3]);
  });

  it('hides adult titles, also highlighted ones', () => {
    const map = spread(3);
    map.adult[1] = 1;
    const { radius, highlighted } = pointsOf(map, { ...LOOK, mine: new Set([101]) }, rgb);
    expect([radius[1], highlighted]).toEqual([0, []]);
  });
});

describe('regionsOf()', () => {
  const around = (x: number, y: number, genre: number, count: number) =>
    Array.from({ length: count }, (_, at) => [x + (at % 5) / 1000, y + at / 2000, genre] as const);

  it('names a place after the genre that is at home there, and no other', () => {
    const map = mapOf([
      ...around(0.2, 0.2, 0, 30),
      ...around(0.8, 0.7, 1, 30),
      ...around(0.5, 0.5, 2, 80),
      ...around(0.5, 0.5, 1, 5),
    ]);
    const regions = regionsOf(map);
    expect(regions.map(({ name }) => name).sort()).toEqual(['Mecha', 'Sports']);
    const mecha = regions.find(({ name }) => name === 'Mecha');
    expect(Math.hypot((mecha?.x ?? 0) - 0.2, (mecha?.y ?? 0) - 0.2)).toBeLessThan(0.06);
  });

  it('names nothing where no genre stands out, where there are few titles, and on an empty map', () => {
    expect(regionsOf(mapOf([]))).toEqual([]);
    expect(regionsOf(mapOf(around(0.5, 0.5, 0, 5)))).toEqual([]);
    expect(regionsOf(mapOf([...around(0.5, 0.5, 0, 20), ...around(0.5, 0.5, 2, 80)]))).toEqual([]);
  });

  it('does not name two regions at one place', () => {
    const map = mapOf([
      ...around(0.5, 0.5, 0, 40),
      ...around(0.53, 0.5, 1, 40),
      ...around(0.1, 0.9, 2, 300),
    ]);
    expect(regionsOf(map)).toHaveLength(1);
  });
});
