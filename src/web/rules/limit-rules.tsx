/** Rules with numbers: years, episodes, minutes, scores, ages, and on how many lists a title is. */
import { AGE_RATINGS, AIRING } from '../../api/constants/enums.ts';
import { useMessages } from '../display/use-display.tsx';
import { Choice, NumberField, Year } from './rule-fields.tsx';
import { MEMBERS, MOST_EPISODES, type Rules } from './rules.ts';
import { useRuleMessages } from './use-rule-messages.ts';

interface Props {
  readonly rules: Rules;
  readonly onChange: (rules: Rules) => void;
}

const MINUTES = [5, 15, 30, 60];
const SCORES = [6, 7, 7.5, 8, 8.5];

export function Years({ rules, onChange }: Props) {
  const { rules: say } = useMessages();
  return (
    <fieldset class="year-range">
      <legend>{say.years}</legend>
      <Year
        label={say.yearFrom}
        hint={say.from}
        value={rules.from}
        onChange={(from) => onChange({ ...rules, from })}
      />
      <span aria-hidden="true">–</span>
      <Year
        label={say.yearTo}
        hint={say.to}
        value={rules.to}
        onChange={(to) => onChange({ ...rules, to })}
      />
    </fieldset>
  );
}

export function Episodes({ rules, onChange }: Props) {
  const say = useRuleMessages();
  const [from, to] = rules.episodes ?? [null, null];
  const set = (least: number | null, most: number | null) => {
    const isAny = (least ?? 1) <= 1 && most === null;
    const episodes = isAny ? null : ([least ?? 1, most ?? MOST_EPISODES] as const);
    onChange({ ...rules, episodes });
  };
  const most = to === MOST_EPISODES ? null : to;
  return (
    <fieldset class="year-range">
      <legend>{say.episodes}</legend>
      <NumberField
        label={say.episodesFrom}
        hint={say.from}
        range={[1, MOST_EPISODES]}
        value={from === 1 ? null : from}
        onChange={(least) => set(least, most)}
      />
      <span aria-hidden="true">–</span>
      <NumberField
        label={say.episodesTo}
        hint={say.to}
        range={[1, MOST_EPISODES]}
        value={most}
        onChange={(next) => set(from, next)}
      />
    </fieldset>
  );
}

/** What is chosen from a few values. */
export function Limits({ rules, onChange }: Props) {
  const messages = useMessages();
  const say = useRuleMessages();
  const { airing, maxDuration, minScore, ageRating, minMembers } = rules;
  return (
    <>
      <Choice
        label={say.airing}
        value={airing}
        options={AIRING.map((value) => ({ value, text: say.airings[value] }))}
        onChange={(value) => onChange({ ...rules, airing: value })}
      />
      <Choice
        label={say.length}
        value={maxDuration ?? 0}
        options={withOwn(MINUTES, maxDuration ?? 0).map((value) => ({
          value,
          text: value === 0 ? say.anyLength : say.minutes(value),
        }))}
        onChange={(value) => onChange({ ...rules, maxDuration: value || null })}
      />
      <Choice
        label={say.score}
        value={minScore}
        options={withOwn(SCORES, minScore).map((value) => ({
          value,
          text: value === 0 ? say.anyScore : say.scoreFrom(messages.decimal(value)),
        }))}
        onChange={(value) => onChange({ ...rules, minScore: value })}
      />
      <Choice
        label={say.age}
        value={ageRating}
        options={[null, ...AGE_RATINGS].map((value) => ({
          value,
          text: value === null ? say.anyAge : say.ages[value],
        }))}
        onChange={(value) => onChange({ ...rules, ageRating: value })}
      />
      <Choice
        label={messages.rules.members}
        value={minMembers}
        options={withOwn(MEMBERS, minMembers).map((value) => ({
          value,
          text: value === 0 ? messages.rules.anyMembers : messages.rules.atLeast(value),
        }))}
        onChange={(value) => onChange({ ...rules, minMembers: value })}
      />
    </>
  );
}

/** 0 = any; an address may carry a number that is not offered. */
function withOwn(offered: readonly number[], own: number): number[] {
  return [...new Set([0, ...offered, own])].sort((a, b) => a - b);
}
