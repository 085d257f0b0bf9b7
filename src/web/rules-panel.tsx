/** What may be in the list. On a phone the panel is folded; its summary says what is set. */
import { useId, useState } from 'preact/hooks';
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

type Part = Omit<Props, 'genres'>;

interface Props {
  /** of the data that is served */
  readonly genres: readonly string[];
  readonly rules: Rules;
  readonly onChange: (rules: Rules) => void;
}

export function RulesPanel({ genres, rules, onChange }: Props) {
  const [open, setOpen] = useState(() => matchMedia('(min-width: 760px)').matches);
  const set = changedRules(rules);
  return (
    <details class="rules" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Rules{' '}
        <span class="quiet">{set.length ? set.join(', ') : 'all kinds, first seasons first'}</span>
      </summary>
      <div class="rules-body">
        <Types rules={rules} onChange={onChange} />
        <Years rules={rules} onChange={onChange} />
        <Slider
          label="How well known"
          ends={['popular', 'niche']}
          min={-1}
          value={rules.niche}
          onChange={(niche) => onChange({ ...rules, niche })}
        />
        <Slider
          label="Variety"
          ends={['closest', 'varied']}
          min={0}
          value={rules.variety}
          onChange={(variety) => onChange({ ...rules, variety })}
        />
        <div class="switches">
          <Switch
            label="First seasons first"
            on={rules.prerequisites}
            onChange={(prerequisites) => onChange({ ...rules, prerequisites })}
          />
          <Switch
            label="One per story"
            on={rules.franchise}
            onChange={(franchise) => onChange({ ...rules, franchise })}
          />
          <Switch
            label="18+"
            on={rules.adult}
            onChange={(adult) => onChange({ ...rules, adult })}
          />
        </div>
        <Genres genres={genres} rules={rules} onChange={onChange} />
        {set.length > 0 && (
          <button type="button" class="plain" onClick={() => onChange(DEFAULT_RULES)}>
            Reset the rules
          </button>
        )}
      </div>
    </details>
  );
}

function Types({ rules, onChange }: Part) {
  const toggle = (name: string) => {
    const types = rules.types.includes(name)
      ? rules.types.filter((type) => type !== name)
      : [...rules.types, name];
    onChange({ ...rules, types });
  };
  return (
    <fieldset class="chips">
      <legend>Kind</legend>
      {TYPES.map(([name, label]) => (
        <button
          key={name}
          type="button"
          aria-pressed={rules.types.includes(name)}
          onClick={() => toggle(name)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

function Genres({ genres, rules, onChange }: Props) {
  const known = genres.length > 0 ? genres : GENRES;
  // What a shared address asks for can be taken back even if this data has no such genre.
  const shown = new Set([...known, ...rules.genresIn, ...rules.genresOut]);
  if (!rules.adult) shown.delete('Hentai');
  const state = (genre: string) =>
    rules.genresIn.includes(genre) ? 'in' : rules.genresOut.includes(genre) ? 'out' : 'any';
  const words = { in: 'only with', out: 'never', any: 'either way' };
  const marks = { in: '＋', out: '−', any: '' };
  return (
    <details class="genres">
      <summary>
        Genres <span class="quiet">{genreWords(rules)}</span>
      </summary>
      <fieldset class="chips">
        <legend class="quiet">Once: only with it. Twice: never.</legend>
        {[...shown].map((genre) => (
          <button
            key={genre}
            type="button"
            class={state(genre)}
            aria-label={`${genre}: ${words[state(genre)]}`}
            onClick={() => onChange(cycleGenre(rules, genre))}
          >
            {marks[state(genre)]} {genre}
          </button>
        ))}
      </fieldset>
    </details>
  );
}

function genreWords({ genresIn, genresOut }: Rules): string {
  const words = [
    ...genresIn.map((genre) => `＋ ${genre}`),
    ...genresOut.map((genre) => `− ${genre}`),
  ];
  return words.length ? words.join(', ') : 'any';
}

function Years({ rules, onChange }: Part) {
  return (
    <fieldset class="years">
      <legend>Years</legend>
      <Year label="from" value={rules.from} onChange={(from) => onChange({ ...rules, from })} />
      <span aria-hidden="true">–</span>
      <Year label="to" value={rules.to} onChange={(to) => onChange({ ...rules, to })} />
    </fieldset>
  );
}

interface YearProps {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (year: number | null) => void;
}

/** Counts once it is a whole year: "19" on the way to 1998 filters nothing. */
function Year({ label, value, onChange }: YearProps) {
  const read = (given: string) => {
    const year = Number(given);
    if (given === '') onChange(null);
    else if (Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR) onChange(year);
  };
  return (
    <input
      type="number"
      aria-label={`Year ${label}`}
      placeholder={label}
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
        aria-valuetext={`${value} from ${ends[0]} to ${ends[1]}`}
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
