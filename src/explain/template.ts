/** Writes an explanation from the facts without a language model. */
import type { Facts } from './facts.ts';
import type { Language, TitleName, Wording } from './language.ts';
import { sentencesEn } from './template-en.ts';
import { sentencesJa } from './template-ja.ts';

/** Every language needs an entry: one that is missing does not compile. */
const TEXTS: Readonly<Record<Language, (facts: Facts, titles: TitleName) => string>> = {
  en: (facts, titles) => sentencesEn(facts, titles).join(' '),
  ja: (facts, titles) => sentencesJa(facts, titles).join(''),
};

export function templateText(facts: Facts, { language, titles }: Wording): string {
  return TEXTS[language](facts, titles);
}
