/** Provides the language, the script of titles and the theme to all components. */
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { en, type Messages } from '../i18n/en.ts';
import { ja } from '../i18n/ja.ts';
import { type Named, nameIn } from '../title/title-names.ts';
import {
  keepSettings,
  type Language,
  readSettings,
  type Script,
  type Settings,
  spokenLanguage,
} from './settings.ts';

export interface Display {
  readonly settings: Settings;
  readonly language: Language;
  readonly messages: Messages;
  /** the script of titles */
  readonly script: Script;
  readonly nameOf: (anime: Named) => string;
  readonly choose: (change: Partial<Settings>) => void;
}

const MESSAGES: Readonly<Record<Language, Messages>> = { en, ja };

const Context = createContext<Display | null>(null);

export function DisplayProvider({ children }: { children: ComponentChildren }) {
  const [settings, setSettings] = useState(() => readSettings(location.hash));
  const display = useMemo<Display>(() => {
    const language = settings.language ?? spokenLanguage(navigator.languages);
    const script = settings.titles ?? (language === 'ja' ? 'japanese' : 'romaji');
    return {
      settings,
      language,
      messages: MESSAGES[language],
      script,
      nameOf: (anime) => nameIn(anime, script).text,
      choose(change) {
        const chosen = { ...settings, ...change };
        keepSettings(chosen);
        setSettings(chosen);
      },
    };
  }, [settings]);
  useOnDocument(display);
  return <Context.Provider value={display}>{children}</Context.Provider>;
}

export function useDisplay(): Display {
  const display = useContext(Context);
  if (!display) throw new Error('useDisplay() was called outside DisplayProvider');
  return display;
}

/** The messages of the page's language. */
export function useMessages(): Messages {
  return useDisplay().messages;
}

/** The background colour (tokens.css) for the browser bar of a phone. */
const BAR = { dark: '#0d0b14', light: '#f7f6fa' };

function setMeta(name: string, content: string): void {
  document.querySelector(`meta[name="${name}"]`)?.setAttribute('content', content);
}

function useOnDocument({ language, messages, settings: { theme } }: Display): void {
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.title = messages.page.title;
    setMeta('description', messages.page.description);
  }, [language]);

  useLayoutEffect(() => {
    const light = matchMedia('(prefers-color-scheme: light)');
    const apply = () => {
      const system = light.matches ? 'light' : 'dark';
      const shown = theme === 'system' ? system : theme;
      document.documentElement.dataset.theme = shown;
      setMeta('theme-color', BAR[shown]);
    };
    apply();
    light.addEventListener('change', apply);
    return () => light.removeEventListener('change', apply);
  }, [theme]);
}
