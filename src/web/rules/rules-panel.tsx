/** The rules panel. On a small screen it starts folded, with a summary of the changed rules. */
import { useId, useState } from 'preact/hooks';
import { ANIME_TYPES } from '../../api/constants/enums.ts';
import { AdultSwitch } from '../display/adult-switch.tsx';
import { useMessages } from '../display/use-display.tsx';
import { GenreChips } from './genre-chips.tsx';
import { Slider, Switch, Year } from './rule-fields.tsx';
import { changedRules, DEFAULT_RULES, MEMBERS, type Rules } from './rules.ts';

/** The window is wide enough for the rules beside the list. */
const ROOMY = '(min-width: 1024px)';

interface Part {
  readonly rules: Rules;
  readonly onChange: (rules: Rules) => void;
}

interface Props extends Part {
  /** the genres of the data that is served */
  readonly genres: readonly string[];
  readonly ofAge: boolean;
  readonly onOfAge: () => void;
}

export function RulesPanel({ genres, rules, onChange, ofAge, onOfAge }: Props) {
  const messages = useMessages();
  const [open, setOpen] = useState(() => matchMedia(ROOMY).matches);
  const set = changedRules(rules);
  return (
    <details class="rules" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {messages.rules.summary}{' '}
        <span class="quiet">
          {set.length
            ? messages.commas(set.map((name) => messages.rules.names[name]))
            : messages.rules.usual}
        </span>
      </summary>
      <div class="rules-body">
        <Types rules={rules} onChange={onChange} />
        <Years rules={rules} onChange={onChange} />
        <Members rules={rules} onChange={onChange} />
        <Slider
          label={messages.rules.known}
          ends={[messages.rules.popular, messages.rules.niche]}
          min={-1}
          value={rules.niche}
          onChange={(niche) => onChange({ ...rules, niche })}
        />
        <Slider
          label={messages.rules.variety}
          ends={[messages.rules.closest, messages.rules.varied]}
          min={0}
          value={rules.variety}
          onChange={(variety) => onChange({ ...rules, variety })}
        />
        <div class="switches">
          <Switch
            label={messages.rules.prerequisites}
            on={rules.prerequisites}
            onChange={(prerequisites) => onChange({ ...rules, prerequisites })}
          />
          <Switch
            label={messages.rules.franchise}
            on={rules.franchise}
            onChange={(franchise) => onChange({ ...rules, franchise })}
          />
          <Switch
            label={messages.rules.familiar}
            on={!rules.familiar}
            onChange={(on) => onChange({ ...rules, familiar: !on })}
          />
          <Switch
            label={messages.rules.planned}
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
            {messages.rules.reset}
          </button>
        )}
      </div>
    </details>
  );
}

function Types({ rules, onChange }: Part) {
  const messages = useMessages();
  const toggle = (name: (typeof ANIME_TYPES)[number]) => {
    const types = rules.types.includes(name)
      ? rules.types.filter((type) => type !== name)
      : [...rules.types, name];
    onChange({ ...rules, types });
  };
  return (
    <fieldset class="chips">
      <legend>{messages.rules.kind}</legend>
      {ANIME_TYPES.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={rules.types.includes(name)}
          onClick={() => toggle(name)}
        >
          {messages.facts.types[name]}
        </button>
      ))}
    </fieldset>
  );
}

function Years({ rules, onChange }: Part) {
  const messages = useMessages();
  return (
    <fieldset class="year-range">
      <legend>{messages.rules.years}</legend>
      <Year
        label={messages.rules.yearFrom}
        hint={messages.rules.from}
        value={rules.from}
        onChange={(from) => onChange({ ...rules, from })}
      />
      <span aria-hidden="true">–</span>
      <Year
        label={messages.rules.yearTo}
        hint={messages.rules.to}
        value={rules.to}
        onChange={(to) => onChange({ ...rules, to })}
      />
    </fieldset>
  );
}

function Members({ rules, onChange }: Part) {
  const messages = useMessages();
  const id = useId();
  // An address may carry a number that is not offered.
  const offered = [...new Set([...MEMBERS, rules.minMembers])].sort((a, b) => a - b);
  return (
    <div class="members">
      <label for={id}>{messages.rules.members}</label>
      <select
        id={id}
        value={String(rules.minMembers)}
        onChange={(event) => onChange({ ...rules, minMembers: Number(event.currentTarget.value) })}
      >
        {offered.map((count) => (
          <option key={count} value={String(count)}>
            {count === 0 ? messages.rules.anyMembers : messages.rules.atLeast(count)}
          </option>
        ))}
      </select>
    </div>
  );
}
