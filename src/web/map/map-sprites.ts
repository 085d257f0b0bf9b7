/**
 * Discs and glows as lists of pixels, computed once instead of in every frame as by the shaders of map-gl.ts. All lists
 * are in one array, so that thousands of small ones take little memory.
 */

export type Kind = 'disc' | 'glow';

/** Radii are rounded to steps of 4 %. */
const STEP = Math.log(1.04);
const SMALLEST = Math.log(0.25);
const LARGEST = Math.log(500);
const SIZES = Math.ceil((LARGEST - SMALLEST) / STEP) + 1;
/** Sub-pixel positions per axis; large sprites have only one, because the difference is invisible. */
const PHASES = 4;
const MIDDLE = PHASES >> 1;
const LARGE = Math.log(8);
/** The number of sprites of a kind, and the size of the pixel array: when it is full, it is emptied. */
const COUNT = SIZES * PHASES * PHASES;
const ROOM = 1 << 21;

export class SpriteCache {
  /** each pixel: offset down and across from the middle (11 bits each), share of the colour (10 bits: 0–256) */
  readonly pixels = new Int32Array(ROOM);
  /** start and end of each sprite in `pixels` */
  readonly starts = new Int32Array(2 * COUNT);
  readonly ends = new Int32Array(2 * COUNT);
  #filled = 0;

  /**
   * The number of a sprite, which is drawn if it is new.
   * @param radius its logarithm, which is faster: this runs thousands of times per frame
   * @param x sub-pixel position of the middle, 0–1, as is y
   */
  numberOf(kind: Kind, radius: number, x: number, y: number): number {
    const size = Math.round((Math.min(LARGEST, Math.max(SMALLEST, radius)) - SMALLEST) / STEP);
    const isLarge = radius > LARGE;
    const across = isLarge ? MIDDLE : (x * PHASES) | 0;
    const down = isLarge ? MIDDLE : (y * PHASES) | 0;
    const number = (kind === 'disc' ? 0 : COUNT) + (size * PHASES + down) * PHASES + across;
    if (this.ends[number] === 0) this.#make(kind, number, size, across, down);
    return number;
  }

  #make(kind: Kind, number: number, size: number, across: number, down: number): void {
    const radius = Math.exp(SMALLEST + size * STEP);
    const list = pixelsOf(kind, radius, (across + 0.5) / PHASES, (down + 0.5) / PHASES);
    if (this.#filled + list.length > ROOM) {
      this.ends.fill(0);
      this.#filled = 0;
    }
    this.pixels.set(list, this.#filled);
    this.starts[number] = this.#filled;
    this.#filled += list.length;
    this.ends[number] = this.#filled;
  }
}

function pixelsOf(kind: Kind, radius: number, x: number, y: number): number[] {
  const shareOf = kind === 'disc' ? discShare : glowShare;
  const reach = radius + 0.5;
  const around = Math.ceil(reach);
  const list: number[] = [];
  for (let dy = -around; dy <= around; dy++)
    for (let dx = -around; dx <= around; dx++) {
      const distance = Math.hypot(dx + 0.5 - x, dy + 0.5 - y);
      const share = distance < reach ? Math.round(256 * shareOf(distance, reach)) : 0;
      if (share > 0) list.push((dy << 21) | ((dx & 0x7ff) << 10) | share);
    }
  return list;
}

/** Like smoothstep in the shader, with an edge two pixels wide. */
function discShare(distance: number, reach: number): number {
  const near = Math.min(1, (reach - distance) / 2);
  return near * near * (3 - 2 * near);
}

function glowShare(distance: number, reach: number): number {
  return 0.4 * (1 - distance / reach) ** 2;
}
