/** Display settings: language, script of titles, theme. Kept in this browser; the first two also in an address. */

import { LANGUAGES, TITLE_NAMES } from '../../api/constants/enums.ts';
import { addressFields } from '../app/address.ts';
import { inBrowser, readStored, store } from '../ui/storage.ts';

export const THEMES = ['system', 'dark', 'light'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Script = (typeof TITLE_NAMES)[number];
export type Theme = (typeof THEMES)[number];

/** null = not chosen: the browser's language, and the script usual for it */
export interface Settings {
  readonly language: Language | null;
  readonly titles: Script | null;
  readonly theme: Theme;
}

/** theme-first.html reads the theme from here before the first paint. */
const KEY = 'osusume.settings';

/** An address takes precedence over kept settings. */
export function readSettings(fragment: string, storage = inBrowser): Settings {
  const address = addressFields(fragment);
  const kept = new URLSearchParams(readStored(KEY, storage) ?? '');
  const read = <T extends string>(name: string, known: readonly T[]) =>
    oneOf(address.get(name), known) ?? oneOf(kept.get(name), known);
  return {
    language: read('lang', LANGUAGES),
    titles: read('titles', TITLE_NAMES),
    theme: oneOf(kept.get('theme'), THEMES) ?? 'system',
  };
}

/** The settings that an address carries: only chosen ones. */
export function settingsForAddress({ language, titles }: Settings): string[] {
  return [...(language ? [`lang=${language}`] : []), ...(titles ? [`titles=${titles}`] : [])];
}

export function keepSettings(settings: Settings, storage = inBrowser): void {
  store(KEY, [...settingsForAddress(settings), `theme=${settings.theme}`].join('&'), storage);
}

/** The first of the browser's languages that the page is available in. */
export function spokenLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const language = oneOf(tag.toLowerCase().split('-')[0], LANGUAGES);
    if (language) return language;
  }
  return 'en';
}

export function oneOf<T extends string>(
  value: string | null | undefined,
  known: readonly T[],
): T | null {
  return known.find((name) => name === value) ?? null;
}
