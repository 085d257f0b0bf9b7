/** Draws the picture of a shared link as PNG, with resvg in WebAssembly and fonts of this installation only. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { Card } from './card.ts';
import { cardSvg, FAMILY } from './card-svg.ts';
import { MEASURED_SIZE, type MeasureInk, Typesetter } from './typesetter.ts';

const { resolve } = createRequire(import.meta.url);
const PARTS = ['latin-500', 'latin-800', 'latin-ext-500', 'latin-ext-800'];

/** @returns draws one card after another */
export async function openCards(): Promise<(card: Card) => Uint8Array> {
  await initWasm(await readFile(resolve('@resvg/resvg-wasm/index_bg.wasm')));
  const fontBuffers = await Promise.all(
    PARTS.map((part) =>
      readFile(resolve(`@fontsource/hanken-grotesk/files/hanken-grotesk-${part}-normal.woff2`)),
    ),
  );
  const font = { fontBuffers, defaultFontFamily: FAMILY, loadSystemFonts: false };
  const type = new Typesetter((text, weight) => inkOf(text, weight, font));
  return (card) => pngOf(cardSvg(card, type), font);
}

type Fonts = NonNullable<NonNullable<ConstructorParameters<typeof Resvg>[1]>['font']>;

function pngOf(svg: string, font: Fonts): Uint8Array {
  const drawing = new Resvg(svg, { font });
  try {
    const image = drawing.render();
    try {
      return image.asPng();
    } finally {
      image.free();
    }
  } finally {
    drawing.free();
  }
}

function inkOf(
  text: string,
  weight: Parameters<MeasureInk>[1],
  font: Fonts,
): ReturnType<MeasureInk> {
  const letters = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  let drawing: InstanceType<typeof Resvg>;
  try {
    drawing = new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="200"><text x="100" y="120" font-family="${FAMILY}" font-size="${MEASURED_SIZE}" font-weight="${weight}">${letters}</text></svg>`,
      { font },
    );
  } catch {
    // A letter that XML forbids.
    return null;
  }
  try {
    const box = drawing.getBBox();
    return box ? { x: box.x, width: box.width } : null;
  } finally {
    drawing.free();
  }
}
