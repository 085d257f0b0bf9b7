/** The messages of the sheet in the page's language. */
import type { Language } from '../display/settings.ts';
import { useDisplay } from '../display/use-display.tsx';
import { type TitleMessages, titleEn } from './messages-en.ts';
import { titleJa } from './messages-ja.ts';

const MESSAGES: Readonly<Record<Language, TitleMessages>> = { en: titleEn, ja: titleJa };

export function useTitleMessages(): TitleMessages {
  return MESSAGES[useDisplay().language];
}
