/** The themes of a title, by their names. */
import { THEMES } from '../../api/constants/themes.ts';
import { useDisplay } from '../display/use-display.tsx';
import { useTitleMessages } from './use-title-messages.ts';

export function TitleThemes({ themes }: { themes: readonly string[] }) {
  const { language } = useDisplay();
  const say = useTitleMessages();
  const names = THEMES.filter(({ id }) => themes.includes(id)).map((theme) => theme[language]);
  if (names.length === 0) return null;
  return (
    <div class="themes">
      <span class="quiet" id="themes-of-title">
        {say.themes}
      </span>
      <ul aria-labelledby="themes-of-title">
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </div>
  );
}
