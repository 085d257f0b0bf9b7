/** The messages of the bar of rules in the page's language. */
import { useDisplay } from '../display/use-display.tsx';
import type { RuleMessages } from './messages-en.ts';
import { RULE_MESSAGES } from './rule-messages.ts';

export function useRuleMessages(): RuleMessages {
  return RULE_MESSAGES[useDisplay().language];
}
