/** Form fields for rules. */
import { useId } from 'preact/hooks';
import { FIRST_YEAR, LAST_YEAR } from '../../api/constants/enums.ts';
import { useMessages } from '../display/use-display.tsx';

interface YearProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number | null;
  readonly onChange: (year: number | null) => void;
}

/** Takes effect only with four digits: "19", typed on the way to 1998, filters nothing. */
export function Year({ label, hint, value, onChange }: YearProps) {
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

export function Slider({ label, ends, min, value, onChange }: SliderProps) {
  const messages = useMessages();
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
        aria-valuetext={messages.rules.between(value, ends[0], ends[1])}
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

export function Switch({ label, on, onChange }: SwitchProps) {
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
