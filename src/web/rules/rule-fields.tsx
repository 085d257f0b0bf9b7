/** Form fields for rules. */
import { useId } from 'preact/hooks';
import { FIRST_YEAR, LAST_YEAR } from '../../api/constants/enums.ts';
import { useMessages } from '../display/use-display.tsx';

interface NumberProps {
  readonly label: string;
  readonly hint: string;
  /** both included */
  readonly range: readonly [least: number, most: number];
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

/** A whole number or none. What is outside the range, such as the "19" on the way to 1998, changes nothing. */
export function NumberField({ label, hint, range: [least, most], value, onChange }: NumberProps) {
  const read = (given: string) => {
    const number = Number(given);
    if (given === '') onChange(null);
    else if (Number.isInteger(number) && number >= least && number <= most) onChange(number);
  };
  return (
    <input
      type="number"
      inputMode="numeric"
      aria-label={label}
      placeholder={hint}
      min={least}
      max={most}
      value={value ?? ''}
      onInput={(event) => read(event.currentTarget.value)}
    />
  );
}

export function Year(props: Omit<NumberProps, 'range'>) {
  return <NumberField {...props} range={[FIRST_YEAR, LAST_YEAR]} />;
}

interface ChoiceProps<T> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly onChange: (value: T) => void;
}

/** One of a few values, with the browser's own select element. */
export function Choice<T>({ label, value, options, onChange }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div class="limit">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={String(value ?? '')}
        onChange={(event) => onChange(options[event.currentTarget.selectedIndex].value)}
      >
        {options.map((option) => (
          <option key={option.text} value={String(option.value ?? '')}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
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
