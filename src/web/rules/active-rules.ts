/** The rules that differ from the defaults, each in words and with the rules that remain without it. */
import type { Language } from '../display/settings.ts';
import type { Messages } from '../i18n/en.ts';
import { type Chip, chipsOf } from '../wish/chips.ts';
import { RULE_MESSAGES } from './rule-messages.ts';
import { DEFAULT_RULES, type Rules } from './rules.ts';

/** Rules that are on or off and that wishes have no chip for. */
const SWITCHES = [
  ...(['dropped', 'extras', 'unaired', 'prerequisites', 'franchise', 'planned', 'adult'] as const),
] as const;

/** "TV", "finished", "up to 26 episodes" */
export function activeRules(rules: Rules, messages: Messages, language: Language): Chip[] {
  const say = RULE_MESSAGES[language];
  const switched = SWITCHES.filter((name) => rules[name] !== DEFAULT_RULES[name]).map((name) => ({
    key: name,
    label: say.on[name],
    without: { ...rules, [name]: DEFAULT_RULES[name] },
  }));
  const { minMembers } = rules;
  const members =
    minMembers === DEFAULT_RULES.minMembers
      ? []
      : [
          {
            key: 'members',
            label: say.members(messages.number(minMembers)),
            without: { ...rules, minMembers: DEFAULT_RULES.minMembers },
          },
        ];
  const chips = chipsOf(rules, messages, language);
  // The kind comes first: "TV, finished, up to 26 episodes".
  const isKind = ({ key }: Chip) => key.startsWith('type ');
  return [
    ...chips.filter(isKind),
    ...chips.filter((chip) => !isKind(chip)),
    ...members,
    ...switched,
  ];
}
