/** Writes an explanation from the facts without a language model. */
import type { Facts } from './facts.ts';
import type { Wording } from './language.ts';
import { sentencesEn } from './template-en.ts';
import { sentencesJa } from './template-ja.ts';

export function templateText(facts: Facts, { language, titles }: Wording): string {
  return language === 'ja'
    ? sentencesJa(facts, titles).join('')
    : sentencesEn(facts, titles).join(' ');
}
