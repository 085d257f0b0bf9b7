/** Draws the picture of a shared link as SVG. Everything in it comes from the catalogue and from here. */
import { type Drawn, drawPoster } from '../poster/drawn/drawn-poster.ts';
import { HEIGHT, WIDTH } from '../poster/drawn/paths.ts';
import { CARD_HEIGHT, CARD_WIDTH, type Card, type CardTitle, MAX_CARD_TITLES } from './card.ts';
import { srgb } from './srgb.ts';
import type { Typesetter, Weight } from './typesetter.ts';

export const FAMILY = 'Hanken Grotesk';
const GROUND = 'oklch(0.16 0.02 285)';
const TEXT = 'oklch(0.95 0.01 285)';
const QUIET = 'oklch(0.72 0.02 285)';
const PINK = 'oklch(0.72 0.24 350)';
const VIOLET = 'oklch(0.6 0.24 300)';
/** Pixels from the edges to the words. */
const MARGIN = 72;
/** Pixels of the column with the words. */
const COLUMN = 440;
/** Pixels of the letters of the heading: the first with which it fits. */
const HEADING_SIZES = [62, 54, 46];
const HEADING_LINES = 4;

interface Place {
  readonly x: number;
  readonly y: number;
  /** of the poster */
  readonly width: number;
}

export function cardSvg({ heading, titles }: Card, type: Typesetter): string {
  const words = heading ? headingOf(heading, type) : '';
  const count = Math.min(titles.length, MAX_CARD_TITLES);
  const posters = placesFor(count).map((place, at) => posterAt(titles[at], place, at, type));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD_WIDTH}" height="${CARD_HEIGHT}" viewBox="0 0 ${CARD_WIDTH} ${CARD_HEIGHT}" font-family="${FAMILY}">
<defs>
<linearGradient id="sign" x1="0" x2="1"><stop stop-color="${srgb(PINK)}"/><stop offset="1" stop-color="${srgb(VIOLET)}"/></linearGradient>
<radialGradient id="glow"><stop stop-color="${srgb(VIOLET)}" stop-opacity=".34"/><stop offset="1" stop-color="${srgb(VIOLET)}" stop-opacity="0"/></radialGradient>
<clipPath id="sheet"><rect width="${WIDTH}" height="${HEIGHT}" rx="10"/></clipPath>
</defs>
<rect width="${CARD_WIDTH}" height="${CARD_HEIGHT}" fill="${srgb(GROUND)}"/>
<ellipse cx="860" cy="330" rx="640" ry="470" fill="url(#glow)"/>
${posters.join('\n')}
${words}
<text x="${MARGIN}" y="${CARD_HEIGHT - 64}" font-size="40" font-weight="800" letter-spacing="-0.8" fill="url(#sign)">Osusume</text>
<text x="${MARGIN + 184}" y="${CARD_HEIGHT - 64}" font-size="24" font-weight="500" fill="${srgb(QUIET)}">anime, with reasons</text>
</svg>`;
}

function headingOf(heading: string, type: Typesetter): string {
  const text = type.readable(heading, 800);
  const linesAt = (size: number) =>
    type.lines(text, 800, { width: COLUMN / size, most: HEADING_LINES });
  const fits = (size: number) => !linesAt(size).at(-1)?.endsWith('…');
  const size = HEADING_SIZES.find(fits) ?? HEADING_SIZES[HEADING_SIZES.length - 1];
  const lines = linesAt(size);
  const lead = size * 1.1;
  const top = 118;
  return lines
    .map(
      (line, at) =>
        `<text x="${MARGIN - 3}" y="${top + size * 0.4 + at * lead}" font-size="${size}" font-weight="800" letter-spacing="-1.2" fill="${srgb(TEXT)}">${escaped(line)}</text>`,
    )
    .join('\n');
}

/** One poster stands alone; two or three overlap like a hand of cards; more are a wall. */
function placesFor(count: number): Place[] {
  if (count <= 1) return [{ x: 740, y: 62, width: 358 }].slice(0, count);
  if (count === 2)
    return [
      { x: 564, y: 118, width: 272 },
      { x: 856, y: 118, width: 272 },
    ];
  if (count === 3)
    return [0, 1, 2].map((at) => ({ x: 546 + at * 188, y: 96 + at * 44, width: 236 }));
  return Array.from({ length: count }, (_, at) => ({
    x: (at > 2 ? 528 : 568) + (at % 3) * 212,
    y: at > 2 ? 330 : 36,
    width: 196,
  }));
}

function posterAt(title: CardTitle, { x, y, width }: Place, at: number, type: Typesetter): string {
  const name = type.readable(title.name, 800);
  const drawn: Drawn = { ...title, title: name, titleJapanese: null };
  const { palette, shapes, lettering, credits } = drawPoster(drawn);
  const [top, foot] = palette.ground.map(srgb);
  const inks = palette.inks.map(srgb);
  const paths = shapes.map(
    ({ d, ink, opacity }) => `<path d="${d}" fill="${inks[ink]}" fill-opacity="${opacity}"/>`,
  );
  const size = (lettering.size / 100) * WIDTH;
  const words = type.lines(name, 800, { width: (WIDTH * 0.88) / size, most: 4 });
  const small = type.lines(type.readable(credits.toUpperCase(), 800), 800, {
    width: (WIDTH * 0.88) / CREDITS,
    most: 1,
  });
  return `<g transform="translate(${x} ${y}) scale(${width / WIDTH})" clip-path="url(#sheet)">
<defs><linearGradient id="ground${at}" x1="0" y1="0" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${foot}"/></linearGradient></defs>
<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#ground${at})"/>
${paths.join('')}
${words.length + small.length > 0 ? bandOf(words, small, { size, band: srgb(palette.band), ink: srgb(palette.type) }) : ''}
<rect x=".5" y=".5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="9.5" fill="none" stroke="#fff" stroke-opacity=".14"/>
</g>`;
}

/** Of the line at the foot of a poster. */
const CREDITS = 10;

/** The band at the foot of a poster, with the title and the credits: as poster.css has it for a level title. */
function bandOf(
  words: readonly string[],
  small: readonly string[],
  { size, band, ink }: { size: number; band: string; ink: string },
): string {
  const left = WIDTH * 0.06;
  const foot = small.length > 0 ? WIDTH * 0.12 : WIDTH * 0.05;
  const tall = WIDTH * 0.05 + words.length * size * 1.05 + foot;
  const line = (text: string, y: number, height: number, weight: Weight) =>
    `<text x="${left}" y="${y}" font-size="${height}" font-weight="${weight}" fill="${ink}">${escaped(text)}</text>`;
  const lines = words.map((text, at) =>
    line(text, HEIGHT - tall + WIDTH * 0.05 + size * (0.82 + at * 1.05), size, 800),
  );
  return [
    `<rect y="${HEIGHT - tall}" width="${WIDTH}" height="${tall}" fill="${band}"/>`,
    ...lines,
    ...small.map((text) => line(text, HEIGHT - WIDTH * 0.05, CREDITS, 800)),
  ].join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Letters that XML forbids are in no font: they have been left out by then. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ENTITIES[letter]);
}
