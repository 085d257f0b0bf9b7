/** Chooses between posters and details. */
import { useDisplay } from '../display/use-display.tsx';
import { shelvesEn } from '../list/messages-en.ts';
import { shelvesJa } from '../list/messages-ja.ts';
import { VIEWS, type View } from './view.ts';

const MESSAGES = { en: shelvesEn, ja: shelvesJa };
const ICONS: Readonly<Record<View, string>> = {
  grid: 'M3 3h6v8H3zM11 3h6v8h-6zM3 13h6v4H3zM11 13h6v4h-6z',
  rows: 'M3 4h4v4H3zM9 5h8v2H9zM3 12h4v4H3zM9 13h8v2H9z',
};

interface Props {
  readonly view: View;
  readonly onView: (view: View) => void;
}

export function ViewSwitch({ view, onView }: Props) {
  const say = MESSAGES[useDisplay().language];
  return (
    <fieldset class="view-switch">
      <legend class="unseen">{say.view}</legend>
      {VIEWS.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === view}
          title={say[name]}
          aria-label={say[name]}
          onClick={() => onView(name)}
        >
          <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d={ICONS[name]} fill="currentColor" />
          </svg>
        </button>
      ))}
    </fieldset>
  );
}
