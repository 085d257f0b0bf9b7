/** Draws a poster from the facts of a title: the same title always gets the same poster. */

import type { Anime } from '../../data/anime.ts';
import { hueOf, mainGenre, type Palette, paletteOf } from '../../data/palette.ts';
import { random } from '../../data/random.ts';
import { firstLetters } from '../../first-letters.ts';
import { motifOf } from './motifs.ts';
import type { Shape } from './paths.ts';

export interface PosterDrawing {
  readonly palette: Palette;
  readonly shapes: readonly Shape[];
  /** the text of the title, its size and direction */
  readonly lettering: Lettering;
  /** the line at the bottom: studio and year */
  readonly credits: string;
  /** whether the band with the title has the full height */
  readonly tall: boolean;
  /** the side of the band */
  readonly side: 'left' | 'right';
}

export interface Lettering {
  readonly text: string;
  readonly vertical: boolean;
  /** in hundredths of the poster's width */
  readonly size: number;
}

/** What the poster of a title is drawn from. */
export type Drawn = Pick<
  Anime,
  'animeId' | 'title' | 'titleJapanese' | 'type' | 'year' | 'genres' | 'studios'
>;

export function drawPoster(anime: Drawn): PosterDrawing {
  const uniform = random(anime.animeId);
  const anyHue = uniform() * 360;
  const main = hueOf(anime.genres, 0, anyHue) + (uniform() - 0.5) * 24;
  const second = hueOf(anime.genres, 1, main + 50) + (uniform() - 0.5) * 24;
  const palette = paletteOf(main, second, uniform());
  const side = uniform() < 0.6 ? 'right' : 'left';
  const tall = uniform() < 0.35;
  return {
    palette,
    side,
    tall,
    shapes: motifOf(mainGenre(anime.genres))(uniform),
    lettering: letteringOf(anime),
    credits: [anime.studios[0], anime.year].filter(Boolean).join(' · '),
  };
}

/** Most characters that are readable in one vertical line. */
const LONGEST = 18;
/** Left out of the title: "the movie", "film", "special". */
const PREFIX = /^(劇場版|映画|特別編)[\s　]*/u;

function letteringOf({ title, titleJapanese }: Drawn): Lettering {
  if (!titleJapanese) return { text: title, vertical: false, size: title.length > 24 ? 9 : 12 };
  const text = shortened(titleJapanese.replace(PREFIX, ''));
  // The line may be 1.24 poster widths tall; the poster is 1.41 widths tall.
  return { text, vertical: true, size: Math.min(17, Math.floor((124 / lengthOf(text)) * 10) / 10) };
}

/** Cuts a long title at its first punctuation mark, else at the longest readable length. */
function shortened(title: string): string {
  if (title.length <= LONGEST) return title;
  const [head] = title.split(/[\s　:：~〜～\-－―–!！。、「（(]/u);
  if (head.length >= 2 && head.length <= LONGEST) return head;
  return `${firstLetters(title, LONGEST - 1)}…`;
}

/** The height in em: 1 for a full-width character; Latin ones lie on their side and take less, capitals more. */
function lengthOf(text: string): number {
  let length = 0;
  for (const character of text) {
    const isLatin = (character.codePointAt(0) ?? 0) < 0x250;
    length += 0.02 + (!isLatin ? 1 : /[A-Z0-9]/.test(character) ? 0.72 : 0.58);
  }
  return Math.max(1, length);
}
