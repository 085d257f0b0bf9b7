/** What may be in the list. Where it would push the list off the screen it starts folded; its summary says what is set. */
import { useId, useState } from 'preact/hooks';
import { ANIME_TYPES } from '../../api/constants/enums.ts';
import { AdultSwitch } from '../display/adult-switch.tsx';
import { useWords } from '../display/use-display.tsx';
import { GenreChips } from './genre-chips.tsx';
import { Slider, Switch, Year } from './rule-fields.tsx';
import { changedRules, DEFAULT_RULES, MEMBERS, type Rules } from './rules.ts';

/** Beside the rules there is room for the list. */
const ROOMY = '(min-width: 1024px)';

interface Part {
  readonly rules: Rules;
  readonly onChange: (rules: Rules) => void;
}

interface Props extends Part {
  /** of the data that is served */
  readonly genres: readonly string[];
  readonly ofAge: boolean;
  readonly onOfAge: () => void;
}

export function RulesPanel({ genres, rules, onChange, ofAge, onOfAge }: Props) {
  const words = useWords();
  const [open, setOpen] = useState(() => matchMedia(ROOMY).matches);
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
        <Members rules={rules} onChange={onChange} />
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
            label={words.rules.planned}
            on={rules.planned}
            onChange={(planned) => onChange({ ...rules, planned })}
          />
          <AdultSwitch
            on={rules.adult}
            ofAge={ofAge}
            onConfirm={onOfAge}
            onChange={(adult) => onChange({ ...rules, adult })}
          />
        </div>
        <GenreChips genres={genres} rules={rules} onChange={onChange} />
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
  const toggle = (name: (typeof ANIME_TYPES)[number]) => {
    const types = rules.types.includes(name)
      ? rules.types.filter((type) => type !== name)
      : [...rules.types, name];
    onChange({ ...rules, types });
  };
  return (
    <fieldset class="chips">
      <legend>{words.rules.kind}</legend>
      {ANIME_TYPES.map((name) => (
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

function Years({ rules, onChange }: Part) {
  const words = useWords();
  return (
    <fieldset class="year-range">
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

function Members({ rules, onChange }: Part) {
  const words = useWords();
  const id = useId();
  // An address may ask for a number that is not offered.
  const offered = [...new Set([...MEMBERS, rules.minMembers])].sort((a, b) => a - b);
  return (
    <div class="members">
      <label for={id}>{words.rules.members}</label>
      <select
        id={id}
        value={String(rules.minMembers)}
        onChange={(event) => onChange({ ...rules, minMembers: Number(event.currentTarget.value) })}
      >
        {offered.map((count) => (
          <option key={count} value={String(count)}>
            {count === 0 ? words.rules.anyMembers : words.rules.atLeast(count)}
          </option>
        ))}
      </select>
    </div>
  );
}
