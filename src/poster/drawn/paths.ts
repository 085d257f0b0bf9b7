/** SVG path data for the motifs, 225 × 318 units. */
import type { Random } from '../../data/random.ts';

export const WIDTH = 225;
export const HEIGHT = 318;

export interface Shape {
  readonly d: string;
  /** index of the colour: 0 nearest to the background colour, 2 furthest */
  readonly ink: 0 | 1 | 2;
  readonly opacity: number;
}

export function shape(d: string, ink: 0 | 1 | 2, opacity: number): Shape {
  return { d, ink, opacity: Math.round(opacity * 100) / 100 };
}

export function between(random: Random, low: number, high: number): number {
  return low + random() * (high - low);
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function at(x: number, y: number): string {
  return `${round(x)} ${round(y)}`;
}

export function disc(x: number, y: number, radius: number): string {
  const r = round(radius);
  return `M${at(x - radius, y)}a${r} ${r} 0 1 0 ${round(2 * radius)} 0a${r} ${r} 0 1 0 ${round(-2 * radius)} 0Z`;
}

/** A rectangle with rounded corners. */
export function bar(x: number, y: number, wide: number, tall: number, corner = 0): string {
  if (corner === 0 || tall < 2 * corner)
    return `M${at(x, y)}h${round(wide)}v${round(tall)}h${round(-wide)}Z`;
  const arc = (dx: number, dy: number) => `a${corner} ${corner} 0 0 1 ${at(dx, dy)}`;
  const [w, t] = [wide - 2 * corner, tall - 2 * corner];
  const top = `M${at(x + corner, y)}h${round(w)}${arc(corner, corner)}v${round(t)}`;
  return `${top}${arc(-corner, corner)}h${round(-w)}${arc(-corner, -corner)}v${round(-t)}${arc(corner, -corner)}Z`;
}

/** An elliptic ring of the given thickness, as two contours of opposite direction. */
export function ringed(
  x: number,
  y: number,
  rx: number,
  ry: number,
  tilt: number,
  thick: number,
): string {
  const turned = (dx: number, dy: number) => {
    const angle = (tilt * Math.PI) / 180;
    return at(
      dx * Math.cos(angle) - dy * Math.sin(angle),
      dx * Math.sin(angle) + dy * Math.cos(angle),
    );
  };
  const contour = (a: number, b: number, sweep: 0 | 1) => {
    const angle = (tilt * Math.PI) / 180;
    const start = at(x - a * Math.cos(angle), y - a * Math.sin(angle));
    const half = (dx: number) =>
      `a${round(a)} ${round(b)} ${round(tilt)} 1 ${sweep} ${turned(dx, 0)}`;
    return `M${start}${half(2 * a)}${half(-2 * a)}Z`;
  };
  const inner = Math.max(0.5, rx - thick);
  return contour(rx, ry, 0) + contour(inner, Math.max(0.5, (ry * inner) / rx - thick * 0.2), 1);
}

export function crescent(x: number, y: number, radius: number): string {
  const r = round(radius);
  const wide = round(radius * 1.18);
  return `M${at(x, y - radius)}a${r} ${r} 0 0 1 0 ${round(2 * radius)}a${wide} ${wide} 0 0 0 0 ${round(-2 * radius)}Z`;
}

export function hill(random: Random, top: number, swell: number): string {
  const lift = () => between(random, -swell, swell);
  const left = `M-10 ${round(top + lift())}`;
  const curve = `C${at(60, top + lift() - swell)} ${at(110, top + lift() + swell)} ${at(235, top + lift())}`;
  return `${left}${curve}V${HEIGHT + 10}H-10Z`;
}

export function ridge(random: Random, top: number, relief: number): string {
  let d = `M-10 ${round(top)}`;
  for (let x = 0; x <= WIDTH + 20; x += between(random, 16, 34)) {
    d += `L${at(x, top - relief * (random() - 0.25))}`;
  }
  return `${d}L${WIDTH + 30} ${HEIGHT + 10}H-10Z`;
}

export function petalAt(x: number, y: number, size: number, degrees: number): string {
  const angle = (degrees * Math.PI) / 180;
  const tip = at(x + Math.cos(angle) * size, y + Math.sin(angle) * size);
  const side = (turn: number) =>
    at(x + Math.cos(angle + turn) * size * 0.75, y + Math.sin(angle + turn) * size * 0.75);
  return `M${at(x, y)}Q${side(0.75)} ${tip}Q${side(-0.75)} ${at(x, y)}Z`;
}

export function windows(random: Random, x: number, top: number, wide: number): string {
  let d = '';
  for (let row = top + 8; row < HEIGHT - 8; row += 10) {
    for (let column = x + 5; column < x + wide - 6; column += 8) {
      if (random() < 0.32) d += bar(column, row, 3.4, 4.6);
    }
  }
  return d || bar(x + 5, top + 8, 3.4, 4.6);
}
