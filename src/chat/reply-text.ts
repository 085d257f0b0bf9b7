/** Writes how a wish was understood, and what of it was not. */
import type { Language, TitleName, Wording } from '../explain/language.ts';
import { replyEn } from './reply-en.ts';
import { replyJa } from './reply-ja.ts';
import type { Wish } from './wish.ts';

export type Reply = (wish: Wish, found: number, titles: TitleName) => string;

/** Every language needs an entry: one that is missing does not compile. */
const REPLIES: Readonly<Record<Language, Reply>> = { en: replyEn, ja: replyJa };

/** @param found titles in the list; when there are none, the text suggests what to change */
export function replyText(wish: Wish, { language, titles }: Wording, found: number): string {
  return REPLIES[language](wish, found, titles);
}
