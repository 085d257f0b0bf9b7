/** The messages of the bar of rules by language. */
import type { Language } from '../display/settings.ts';
import { type RuleMessages, rulesEn } from './messages-en.ts';
import { rulesJa } from './messages-ja.ts';

export const RULE_MESSAGES: Readonly<Record<Language, RuleMessages>> = { en: rulesEn, ja: rulesJa };
