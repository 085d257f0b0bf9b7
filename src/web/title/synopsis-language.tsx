/** Says that a synopsis is in English, on a page that is not: the data have no other. */
import type { Language } from '../display/settings.ts';
import { useDisplay } from '../display/use-display.tsx';

const IN_ENGLISH: Readonly<Record<Language, string | null>> = { en: null, ja: '英語' };

export function SynopsisLanguage() {
  const { language } = useDisplay();
  const text = IN_ENGLISH[language];
  return (
    text && (
      <span class="synopsis-language" lang={language}>
        {text}
      </span>
    )
  );
}
