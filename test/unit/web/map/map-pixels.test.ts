import { describe, expect, it } from 'vitest';
import { PixelPainter } from '../../../../src/web/map/map-pixels.ts';
import { growthOf, type Points } from '../../../../src/web/map/map-points.ts';
import type { Kind } from '../../../../src/web/map/map-sprites.ts';

const size = { width: 40, height: 30 };
/** A pixel a pixel: what stands at 20/40 is in the middle. */
const view = { x: 0.5, y: 0.5, zoom: 40 };
const GROUND = [20, 30, 40] as const;
type Ink = readonly [red: number, green: number, blue: number, opacity: number];
const RED: Ink = [250, 10, 60, 255];
const GREEN: Ink = [0, 200, 90, 190];

/** Points by their place in pixels. */
function pointsAt(
  ...points: (readonly [x: number, y: number, radius: number, ink: Ink])[]
): Points {
  return {
    count: points.length,
    x: Float32Array.from(points, ([x]) => 0.5 + (x - size.width / 2) / view.zoom),
    y: Float32Array.from(points, ([, y]) => 0.5 + (y - size.height / 2) / view.zoom),
    radius: Float32Array.from(points, ([, , radius]) => radius / growthOf(view, size)),
    colours: Uint8Array.from(points.flatMap(([, , , ink]) => [...ink])),
    highlighted: [],
    mine: [],
    glowing: [],
    onTop: [],
  };
}

/** What is drawn on an opaque ground. */
function drawn(points: Points, titles = [...points.x.keys()], kind: Kind = 'disc') {
  const { width, height } = size;
  const ground = (255 << 24) | (GROUND[2] << 16) | (GROUND[1] << 8) | GROUND[0];
  const pixels = new Int32Array(width * height).fill(ground);
  const layer = { titles: Int32Array.from(titles), kind, times: 1 };
  new PixelPainter(points).draw({ width, height, pixels }, layer, view, size, 1);
  return {
    ground,
    pixels,
    at(x: number, y: number) {
      const pixel = pixels[y * width + x];
      return [pixel & 0xff, (pixel >>> 8) & 0xff, (pixel >>> 16) & 0xff, pixel >>> 24];
    },
  };
}

/** As the fragment shader has it: how much of the ink a pixel takes. */
function shareAt(kind: Kind, distance: number, radius: number): number {
  const reach = radius + 0.5;
  if (distance >= reach) return 0;
  if (kind === 'glow') return 0.4 * (1 - distance / reach) ** 2;
  const near = Math.min(1, (reach - distance) / 2);
  return near * near * (3 - 2 * near);
}

describe('PixelPainter', () => {
  it.each([
    ['disc', 1, 20.1, 15.6],
    ['disc', 3.3, 18.6, 14.1],
    ['disc', 7.5, 20.4, 15.9],
    ['glow', 6.2, 21.9, 13.4],
  ] as const)('draws a %s of radius %d as the shader would', (kind, radius, x, y) => {
    const picture = drawn(pointsAt([x, y, radius, GREEN]), [0], kind);
    let furthest = 0;
    for (let row = 0; row < size.height; row++)
      for (let column = 0; column < size.width; column++) {
        const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y);
        const share = (shareAt(kind, distance, radius) * GREEN[3]) / 255;
        for (const channel of [0, 1, 2]) {
          const expected = GROUND[channel] * (1 - share) + GREEN[channel] * share;
          const off = Math.abs(picture.at(column, row)[channel] - expected);
          furthest = Math.max(furthest, off);
        }
      }
    expect(picture.pixels).not.toEqual(new Int32Array(picture.pixels.length).fill(picture.ground));
    // Places are told apart by quarters of a pixel, radii by 4 %: at an edge, 170 levels high and two pixels wide.
    expect(furthest).toBeLessThan(30);
  });

  it('lays later titles over earlier ones, and stays opaque', () => {
    const points = pointsAt([20, 15, 5, RED], [20, 15, 5, [0, 200, 90, 255]]);
    expect(drawn(points, [0, 1]).at(20, 15)).toEqual([0, 200, 90, 255]);
    expect(drawn(points, [1, 0]).at(20, 15)).toEqual([250, 10, 60, 255]);
    const picture = drawn(pointsAt([20, 15, 5, RED], [22, 16, 4, GREEN]));
    expect(picture.pixels.every((pixel) => pixel >>> 24 === 255)).toBe(true);
  });

  it('cuts off what lies outside, and nothing comes in on the other side', () => {
    const picture = drawn(pointsAt([0.5, 15, 4, RED], [20, -1, 4, RED], [39.5, 29.5, 4, RED]));
    expect(picture.at(0, 15)).toEqual([...RED]);
    expect(picture.at(20, 0)[0]).toBeGreaterThan(GROUND[0]);
    expect(picture.at(39, 29)).toEqual([...RED]);
    expect(picture.at(39, 15)).toEqual([...GROUND, 255]);
    expect(picture.at(0, 14)[0]).toBeGreaterThan(GROUND[0]);
    expect(picture.at(20, 29)).toEqual([...GROUND, 255]);
    expect(picture.at(0, 0)).toEqual([...GROUND, 255]);
  });

  it('draws nothing of titles out of sight', () => {
    const far = [1e4, 15, 4, RED] as const;
    const picture = drawn(pointsAt(far, [20, -1e4, 4, RED]));
    expect(picture.pixels.every((pixel) => pixel === picture.ground)).toBe(true);
  });

  it('still draws when more sizes have been drawn than it keeps', () => {
    const { width, height } = size;
    const points = pointsAt([20, 15, 100, RED]);
    const painter = new PixelPainter(points);
    const pixels = new Int32Array(width * height);
    const layer = { titles: Int32Array.of(0), kind: 'disc' as const };
    for (let times = 1; times < 5; times *= 1.04)
      painter.draw({ width, height, pixels }, { ...layer, times }, view, size, 1);
    pixels.fill(255 << 24);
    painter.draw({ width, height, pixels }, { ...layer, times: 0.02 }, view, size, 1);
    expect(pixels[15 * width + 20] & 0xff).toBeGreaterThan(200);
    expect(pixels[0]).toBe(255 << 24);
  });
});
