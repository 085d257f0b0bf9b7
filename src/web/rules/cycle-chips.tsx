/** Buttons for genres, themes or studios: required, excluded, or neither. Folded, with what is chosen in the summary. */
import type { ComponentChildren } from 'preact';
import { useMessages } from '../display/use-display.tsx';
import { cycled, type Rules } from './rules.ts';

export type Cycled = 'genres' | 'themes' | 'studios';

interface Props {
  readonly of: Cycled;
  readonly heading: string;
  /** when none is chosen */
  readonly any: string;
  /** what the rules call them */
  readonly names: readonly string[];
  /** what people call one */
  readonly label: (name: string) => string;
  readonly rules: Rules;
  readonly onChange: (rules: Rules) => void;
  /** before the buttons */
  readonly children?: ComponentChildren;
}

const MARKS = { in: '＋', out: '−', any: '' };

export function CycleChips({ of, heading, any, names, label, rules, onChange, children }: Props) {
  const messages = useMessages();
  const { genreHint, genreState, genreLabel } = messages.rules;
  const [wanted, unwanted] = [rules[`${of}In`], rules[`${of}Out`]];
  // Also those that only a shared address has, so that they can be removed.
  const shown = [...new Set([...names, ...wanted, ...unwanted])];
  const state = (name: string) =>
    wanted.includes(name) ? 'in' : unwanted.includes(name) ? 'out' : 'any';
  const chosen = [
    ...wanted.map((name) => `＋ ${label(name)}`),
    ...unwanted.map((name) => `− ${label(name)}`),
  ];
  return (
    <details class={`cycle ${of}`}>
      <summary>
        {heading} <span class="quiet">{chosen.length ? messages.commas(chosen) : any}</span>
      </summary>
      {children}
      <fieldset class="chips">
        <legend class="quiet">{genreHint}</legend>
        {shown.map((name) => (
          <button
            key={name}
            type="button"
            class={state(name)}
            aria-label={genreLabel(label(name), genreState[state(name)])}
            onClick={() => onChange(cycled(rules, of, name))}
          >
            {MARKS[state(name)]} {label(name)}
          </button>
        ))}
      </fieldset>
    </details>
  );
}
