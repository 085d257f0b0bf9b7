/** The rules: one line that says what holds, and opens to change it. */
import { useState } from 'preact/hooks';
import { ANIME_TYPES } from '../../api/constants/enums.ts';
import { AdultSwitch } from '../display/adult-switch.tsx';
import { useDisplay, useMessages } from '../display/use-display.tsx';
import { activeRules } from './active-rules.ts';
import { Episodes, Limits, Years } from './limit-rules.tsx';
import { Genres, Studios, Themes } from './name-rules.tsx';
import { changedRules, DEFAULT_RULES, type Rules } from './rules.ts';
import { Order, Switches } from './switch-rules.tsx';
import { useRuleMessages } from './use-rule-messages.ts';

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

export function RulesPanel({ genres, ofAge, onOfAge, ...part }: Props) {
  const { messages, language } = useDisplay();
  const say = useRuleMessages();
  const [open, setOpen] = useState(false);
  const active = activeRules(part.rules, messages, language);
  return (
    <details class="rules" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {messages.rules.summary}{' '}
        <span class={active.length ? 'rules-said' : 'rules-said quiet'}>
          {active.length ? messages.commas(active.map(({ label }) => label)) : messages.rules.usual}
        </span>
        <span class="rules-change">{open ? say.fold : say.change}</span>
      </summary>
      {open && (
        <div class="rules-body">
          <h3>{say.groups.what}</h3>
          <Types {...part} />
          <div class="names">
            <Genres genres={genres} {...part} />
            <Themes {...part} />
            <Studios {...part} />
          </div>
          <h3>{say.groups.how}</h3>
          <div class="limits">
            <Years {...part} />
            <Episodes {...part} />
            <Limits {...part} />
          </div>
          <h3>{say.groups.stories}</h3>
          <Switches {...part}>
            <AdultSwitch
              on={part.rules.adult}
              ofAge={ofAge}
              onConfirm={onOfAge}
              onChange={(adult) => part.onChange({ ...part.rules, adult })}
            />
          </Switches>
          <h3>{say.groups.order}</h3>
          <Order {...part} />
          {changedRules(part.rules).length > 0 && (
            <button type="button" class="plain" onClick={() => part.onChange(DEFAULT_RULES)}>
              {messages.rules.reset}
            </button>
          )}
        </div>
      )}
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
