/** Genres, themes and studios: what a title must have, and what it must not. */
import { useRef } from 'preact/hooks';
import { THEMES } from '../../api/constants/themes.ts';
import { useDisplay } from '../display/use-display.tsx';
import { knownStudios } from '../picks/use-titles.ts';
import { CycleChips } from './cycle-chips.tsx';
import { GENRES, type Rules } from './rules.ts';
import { useRuleMessages } from './use-rule-messages.ts';

interface Props {
  readonly rules: Rules;
  readonly onChange: (rules: Rules) => void;
}

/** @param genres of the data that is served */
export function Genres({ genres, ...part }: Props & { readonly genres: readonly string[] }) {
  const { messages } = useDisplay();
  const known = genres.length > 0 ? genres : GENRES;
  return (
    <CycleChips
      of="genres"
      heading={messages.rules.genres}
      any={messages.rules.anyGenre}
      names={part.rules.adult ? known : known.filter((genre) => genre !== 'Hentai')}
      label={(genre) => messages.genres[genre] ?? genre}
      {...part}
    />
  );
}

const THEME_IDS = THEMES.map(({ id }) => id);

export function Themes(part: Props) {
  const { language } = useDisplay();
  const say = useRuleMessages();
  return (
    <CycleChips
      of="themes"
      heading={say.themes}
      any={say.anyTheme}
      names={THEME_IDS}
      label={(id) => THEMES.find((theme) => theme.id === id)?.[language] ?? id}
      {...part}
    />
  );
}

/** Those of titles that the page has shown; any other by its name. */
export function Studios(part: Props) {
  const say = useRuleMessages();
  const { rules, onChange } = part;
  const field = useRef<HTMLInputElement>(null);
  const add = () => {
    const name = field.current?.value.trim() ?? '';
    if (name === '' || rules.studiosIn.includes(name)) return;
    const studiosOut = rules.studiosOut.filter((other) => other !== name);
    onChange({ ...rules, studiosIn: [...rules.studiosIn, name], studiosOut });
    if (field.current) field.current.value = '';
  };
  return (
    <CycleChips
      of="studios"
      heading={say.studios}
      any={say.anyStudio}
      names={knownStudios()}
      label={(name) => name}
      {...part}
    >
      <form
        class="studio-form"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <input
          ref={field}
          type="text"
          maxLength={60}
          aria-label={say.studio}
          placeholder={say.studio}
        />
        <button type="submit" class="plain">
          {say.addStudio}
        </button>
      </form>
    </CycleChips>
  );
}
