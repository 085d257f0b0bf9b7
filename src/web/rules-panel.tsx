/** What may be in the list. On a phone the panel is folded; its summary says what is set. */
import { useId, useState } from 'preact/hooks';
import type { Messages } from './messages/en.ts';
import {
  changedRules,
  cycleGenre,
  DEFAULT_RULES,
  FIRST_YEAR,
  GENRES,
  LAST_YEAR,
  type Rules,
  TYPES,
} from './rules.ts';
import { useWords } from './use-display.tsx';

type Part = Omit<Props, 'genres'>;

interface Props {
  /** of the data that is served */
  readonly genres: readonly string[];
  readonly rules: Rules;
  readonly onChange: (rules: Rules) => void;
}

export function RulesPanel({ genres, rules, onChange }: Props) {
  const words = useWords();
  const [open, setOpen] = useState(() => matchMedia('(min-width: 760px)').matches);
  const set = changedRules(rules);
  return (
    <details class="rules" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {words.rules.summary}{' '}
        <span class="quiet">
          {set.length
            ? words.commas(set.map((name) => words.rules.names[name]))
            : words.rules.usual}
        </span>
      </summary>
      <div class="rules-body">
        <Types rules={rules} onChange={onChange} />
        <Years rules={rules} onChange={onChange} />
        <Slider
          label={words.rules.known}
          ends={[words.rules.popular, words.rules.niche]}
          min={-1}
          value={rules.niche}
          onChange={(niche) => onChange({ ...rules, niche })}
        />
        <Slider
          label={words.rules.variety}
          ends={[words.rules.closest, words.rules.varied]}
          min={0}
          value={rules.variety}
          onChange={(variety) => onChange({ ...rules, variety })}
        />
        <div class="switches">
          <Switch
            label={words.rules.prerequisites}
            on={rules.prerequisites}
            onChange={(prerequisites) => onChange({ ...rules, prerequisites })}
          />
          <Switch
            label={words.rules.franchise}
            on={rules.franchise}
            onChange={(franchise) => onChange({ ...rules, franchise })}
          />
          <Switch
            label={words.rules.adult}
            on={rules.adult}
            onChange={(adult) => onChange({ ...rules, adult })}
          />
        </div>
        <Genres genres={genres} rules={rules} onChange={onChange} />
        {set.length > 0 && (
          <button type="button" class="plain" onClick={() => onChange(DEFAULT_RULES)}>
            {words.rules.reset}
          </button>
        )}
      </div>
    </details>
  );
}

function Types({ rules, onChange }: Part) {
  const words = useWords();
  const toggle = (name: string) => {
    const types = rules.types.includes(name)
      ? rules.types.filter((type) => type !== name)
      : [...rules.types, name];
    onChange({ ...rules, types });
  };
  return (
    <fieldset class="chips">
      <legend>{words.rules.kind}</legend>
      {TYPES.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={rules.types.includes(name)}
          onClick={() => toggle(name)}
        >
          {words.facts.types[name]}
        </button>
      ))}
    </fieldset>
  );
}

function Genres({ genres, rules, onChange }: Props) {
  const words = useWords();
  const { genreState, genreLabel } = words.rules;
  const known = genres.length > 0 ? genres : GENRES;
  // What a shared address asks for can be taken back even if this data has no such genre.
  const shown = new Set([...known, ...rules.genresIn, ...rules.genresOut]);
  if (!rules.adult) shown.delete('Hentai');
  const state = (genre: string) =>
    rules.genresIn.includes(genre) ? 'in' : rules.genresOut.includes(genre) ? 'out' : 'any';
  const marks = { in: '＋', out: '−', any: '' };
  return (
    <details class="genres">
      <summary>
        {words.rules.genres} <span class="quiet">{genreWords(words, rules)}</span>
      </summary>
      <fieldset class="chips">
        <legend class="quiet">{words.rules.genreHint}</legend>
        {[...shown].map((genre) => (
          <button
            key={genre}
            type="button"
            class={state(genre)}
            aria-label={genreLabel(words.genres[genre] ?? genre, genreState[state(genre)])}
            onClick={() => onChange(cycleGenre(rules, genre))}
          >
            {marks[state(genre)]} {words.genres[genre] ?? genre}
          </button>
        ))}
      </fieldset>
    </details>
  );
}

function genreWords(words: Messages, { genresIn, genresOut }: Rules): string {
  const name = (genre: string) => words.genres[genre] ?? genre;
  const asked = [
    ...genresIn.map((genre) => `＋ ${name(genre)}`),
    ...genresOut.map((genre) => `− ${name(genre)}`),
  ];
  return asked.length ? words.commas(asked) : words.rules.anyGenre;
}

function Years({ rules, onChange }: Part) {
  const words = useWords();
  return (
    <fieldset class="years">
      <legend>{words.rules.years}</legend>
      <Year
        label={words.rules.yearFrom}
        hint={words.rules.from}
        value={rules.from}
        onChange={(from) => onChange({ ...rules, from })}
      />
      <span aria-hidden="true">–</span>
      <Year
        label={words.rules.yearTo}
        hint={words.rules.to}
        value={rules.to}
        onChange={(to) => onChange({ ...rules, to })}
      />
    </fieldset>
  );
}

interface YearProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number | null;
  readonly onChange: (year: number | null) => void;
}

/** Counts once it is a whole year: "19" on the way to 1998 filters nothing. */
function Year({ label, hint, value, onChange }: YearProps) {
  const read = (given: string) => {
    const year = Number(given);
    if (given === '') onChange(null);
    else if (Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR) onChange(year);
  };
  return (
    <input
      type="number"
      aria-label={label}
      placeholder={hint}
      min={FIRST_YEAR}
      max={LAST_YEAR}
      value={value ?? ''}
      onInput={(event) => read(event.currentTarget.value)}
    />
  );
}

interface SliderProps {
  readonly label: string;
  readonly ends: readonly [string, string];
  readonly min: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Slider({ label, ends, min, value, onChange }: SliderProps) {
  const words = useWords();
  const id = useId();
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <span aria-hidden="true">{ends[0]}</span>
      <input
        id={id}
        type="range"
        min={min}
        max={1}
        step={0.1}
        value={value}
        aria-valuetext={words.rules.between(value, ends[0], ends[1])}
        onInput={(event) => onChange(Number(event.currentTarget.value))}
      />
      <span aria-hidden="true">{ends[1]}</span>
    </div>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

function Switch({ label, on, onChange }: SwitchProps) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        checked={on}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
