/** A button for each genre: required, excluded, or neither. */

import { useMessages } from '../display/use-display.tsx';
import type { Messages } from '../i18n/en.ts';
import { cycleGenre, GENRES, type Rules } from './rules.ts';

interface Props {
  /** the genres of the data that is served */
  readonly genres: readonly string[];
  readonly rules: Rules;
  readonly onChange: (rules: Rules) => void;
}

const MARKS = { in: '＋', out: '−', any: '' };

export function GenreChips({ genres, rules, onChange }: Props) {
  const messages = useMessages();
  const { genreState, genreLabel } = messages.rules;
  const known = genres.length > 0 ? genres : GENRES;
  // Also genres that only a shared address has, so that they can be removed.
  const shown = new Set([...known, ...rules.genresIn, ...rules.genresOut]);
  if (!rules.adult) shown.delete('Hentai');
  const state = (genre: string) =>
    rules.genresIn.includes(genre) ? 'in' : rules.genresOut.includes(genre) ? 'out' : 'any';
  return (
    <details class="genres">
      <summary>
        {messages.rules.genres} <span class="quiet">{genreWords(messages, rules)}</span>
      </summary>
      <fieldset class="chips">
        <legend class="quiet">{messages.rules.genreHint}</legend>
        {[...shown].map((genre) => (
          <button
            key={genre}
            type="button"
            class={state(genre)}
            aria-label={genreLabel(messages.genres[genre] ?? genre, genreState[state(genre)])}
            onClick={() => onChange(cycleGenre(rules, genre))}
          >
            {MARKS[state(genre)]} {messages.genres[genre] ?? genre}
          </button>
        ))}
      </fieldset>
    </details>
  );
}

function genreWords(messages: Messages, { genresIn, genresOut }: Rules): string {
  const name = (genre: string) => messages.genres[genre] ?? genre;
  const chosen = [
    ...genresIn.map((genre) => `＋ ${name(genre)}`),
    ...genresOut.map((genre) => `− ${name(genre)}`),
  ];
  return chosen.length ? messages.commas(chosen) : messages.rules.anyGenre;
}
