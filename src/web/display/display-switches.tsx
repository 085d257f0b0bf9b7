/**
 * Settings in the header: the language, and in a drop-down the script of titles, the theme, and a way to forget everything.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { LANGUAGES, TITLE_NAMES } from '../../api/constants/enums.ts';
import { ForgetButton } from './forget-button.tsx';
import { THEMES } from './settings.ts';
import { useDisplay } from './use-display.tsx';

const LANGUAGE_NAMES = { en: 'EN', ja: '日本語' } as const;

interface Props {
  /** default: this page has nothing to forget */
  readonly onForget?: () => void;
}

export function DisplaySwitches({ onForget }: Props) {
  const { language, script, settings, messages, choose } = useDisplay();
  return (
    <div class="display">
      <fieldset class="languages">
        <legend class="unseen">{messages.display.language}</legend>
        {LANGUAGES.map((name) => (
          <button
            key={name}
            type="button"
            lang={name}
            aria-pressed={name === language}
            onClick={() => choose({ language: name })}
          >
            {LANGUAGE_NAMES[name]}
          </button>
        ))}
      </fieldset>
      <Drawer label={messages.display.label}>
        <Choice
          legend={messages.display.titles}
          names={TITLE_NAMES}
          chosen={script}
          labels={messages.display.scripts}
          onChoose={(titles) => choose({ titles })}
        />
        <Choice
          legend={messages.display.theme}
          names={THEMES}
          chosen={settings.theme}
          labels={messages.display.themes}
          onChoose={(theme) => choose({ theme })}
        />
        {onForget && <ForgetButton onForget={onForget} />}
      </Drawer>
    </div>
  );
}

/** A drop-down that Esc or a press outside closes. */
function Drawer({ label, children }: { label: string; children: ComponentChildren }) {
  const drawer = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const outside = (event: Event) => {
      const element = drawer.current;
      if (element && event.target instanceof Node && !element.contains(event.target))
        element.open = false;
    };
    addEventListener('pointerdown', outside);
    addEventListener('focusin', outside);
    return () => {
      removeEventListener('pointerdown', outside);
      removeEventListener('focusin', outside);
    };
  }, []);
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !drawer.current?.open) return;
    // It closes a question within the drawer first.
    if (event.target instanceof Element && event.target.closest('dialog')) return;
    drawer.current.open = false;
    drawer.current.querySelector('summary')?.focus();
  };
  return (
    <details ref={drawer} class="drawer" onKeyDown={keys}>
      <summary aria-label={label} title={label}>
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
          <path
            d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linejoin="round"
          />
        </svg>
      </summary>
      <div class="drawer-body">{children}</div>
    </details>
  );
}

interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly names: readonly T[];
  readonly chosen: T;
  readonly labels: Readonly<Record<T, string>>;
  readonly onChoose: (name: T) => void;
}

function Choice<T extends string>({ legend, names, chosen, labels, onChoose }: ChoiceProps<T>) {
  const group = useId();
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      {names.map((name) => (
        <label key={name}>
          <input
            type="radio"
            name={group}
            checked={name === chosen}
            onChange={() => onChoose(name)}
          />
          <span>{labels[name]}</span>
        </label>
      ))}
    </fieldset>
  );
}
