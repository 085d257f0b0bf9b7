/** Colours in oklch as sRGB, for a renderer that knows only that. */

/**
 * After https://bottosson.github.io/posts/oklab/. Colours outside sRGB are clipped.
 * @param colour "oklch(0.36 0.12 250)"
 */
export function srgb(colour: string): string {
  const [, lightness, chroma, hue] =
    /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(colour) ?? unreadable(colour);
  const angle = (Number(hue) * Math.PI) / 180;
  const a = Number(chroma) * Math.cos(angle);
  const b = Number(chroma) * Math.sin(angle);
  const l = (Number(lightness) + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (Number(lightness) - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (Number(lightness) - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${linear.map(hexOf).join('')}`;
}

/** @param linear light, 0–1 */
function hexOf(linear: number): string {
  const light = Math.min(1, Math.max(0, linear));
  const value = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(value * 255)
    .toString(16)
    .padStart(2, '0');
}

function unreadable(colour: string): never {
  throw new Error(`The colour ${colour} is not oklch(lightness chroma hue)`);
}
