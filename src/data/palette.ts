/** The colours of a drawn poster, from the genres of its title. All in oklch, so that hues weigh the same. */

export interface Palette {
  /** the sheet: top and bottom of a gradient */
  readonly ground: readonly [string, string];
  /** three inks from nearest the ground to furthest from it */
  readonly inks: readonly [string, string, string];
  /** of the band that carries the Japanese title, and of the title on it */
  readonly band: string;
  readonly type: string;
}

/** Degrees on the oklch wheel: 30 red, 60 orange, 100 yellow, 150 green, 200 cyan, 260 blue, 310 violet, 350 pink. */
const HUES: Record<string, number> = {
  ...{
    Mecha: 250,
    Space: 272,
    'Sci-Fi': 215,
    Cars: 45,
    Sports: 55,
    Music: 330,
    Horror: 22,
    Vampire: 12,
  },
  ...{
    Samurai: 32,
    Police: 235,
    Military: 125,
    Historical: 70,
    'Slice of Life': 145,
    Kids: 95,
    Game: 178,
    Magic: 312,
  },
  ...{
    Mystery: 288,
    Thriller: 262,
    Psychological: 320,
    Dementia: 335,
    Demons: 300,
    Supernatural: 292,
  },
  ...{ Romance: 0, Shoujo: 350, Josei: 8, Harem: 345, Ecchi: 352, Parody: 105, 'Martial Arts': 38 },
  ...{ School: 200, Comedy: 85, Fantasy: 162, Adventure: 190, Drama: 20 },
  ...{ 'Super Power': 50, Action: 28, Shounen: 62, Seinen: 240 },
};

/** The hue of a title's `nth` genre, rarer genres first: `HUES` is in that order. */
export function hueOf(genres: readonly string[], nth: number, fallback: number): number {
  const known = Object.keys(HUES).filter((genre) => genres.includes(genre));
  return HUES[known[nth]] ?? fallback;
}

/** The genre that decides what is drawn; null when none is known. */
export function mainGenre(genres: readonly string[]): string | null {
  return Object.keys(HUES).find((genre) => genres.includes(genre)) ?? null;
}

/** `turn` 0–1 chooses among night, dusk and paper; `main` and `second` are hues. */
export function paletteOf(main: number, second: number, turn: number): Palette {
  if (turn < 0.45) return night(main, second);
  return turn < 0.75 ? dusk(main, second) : paper(main, second);
}

function night(main: number, second: number): Palette {
  return {
    ground: [oklch(0.2, 0.06, main), oklch(0.36, 0.12, main)],
    inks: [oklch(0.46, 0.15, main), oklch(0.64, 0.18, second), oklch(0.88, 0.1, second)],
    band: oklch(0.93, 0.035, second),
    type: oklch(0.22, 0.07, main),
  };
}

function dusk(main: number, second: number): Palette {
  return {
    ground: [oklch(0.5, 0.16, main), oklch(0.76, 0.14, second)],
    inks: [oklch(0.62, 0.17, second), oklch(0.9, 0.08, second), oklch(0.26, 0.09, main)],
    band: oklch(0.22, 0.07, main),
    type: oklch(0.95, 0.03, second),
  };
}

function paper(main: number, second: number): Palette {
  return {
    ground: [oklch(0.94, 0.03, second), oklch(0.86, 0.07, main)],
    inks: [oklch(0.76, 0.12, second), oklch(0.58, 0.18, main), oklch(0.32, 0.1, main)],
    band: oklch(0.52, 0.18, main),
    type: oklch(0.97, 0.02, second),
  };
}

function oklch(lightness: number, chroma: number, hue: number): string {
  return `oklch(${lightness} ${chroma} ${((Math.round(hue) % 360) + 360) % 360})`;
}
