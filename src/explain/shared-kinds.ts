/** What a sentence names of the themes and genres that titles have in common: themes first, because they say more. */
import { THEMES } from '../data/themes/theme-names.ts';
import type { Facts } from './facts.ts';

const MOST_THEMES = 2;
const MOST_KINDS = 3;

export interface SharedKinds {
  readonly themes: readonly (typeof THEMES)[number][];
  readonly genres: readonly string[];
}

export function sharedKinds({ shared }: Pick<Facts, 'shared'>): SharedKinds {
  const themes = THEMES.filter(({ id }) => shared.themes.includes(id)).slice(0, MOST_THEMES);
  // "Vampires and vampire run through both."
  const said = new Set(themes.map(({ en }) => stem(en)));
  const genres = shared.genres.filter((genre) => !said.has(stem(genre)));
  return { themes, genres: genres.slice(0, MOST_KINDS - themes.length) };
}

function stem(name: string): string {
  return name.toLowerCase().replace(/s$/, '');
}
