/** The beginning of a text, with no letter of it cut in two. */

const JOINER = '\u200d';
/** What belongs to the letter before it: accents and voicing marks, variants, colours of emoji, and what joins them. */
const GOES_ON = /^[\p{Grapheme_Extend}\p{M}\p{Emoji_Modifier}\u200d]/u;

/** @param most UTF-16 units; a letter that does not fit is left out whole */
export function firstLetters(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = most;
  while (end > 0 && !beginsLetter(text, end)) end--;
  return text.slice(0, end);
}

function beginsLetter(text: string, at: number): boolean {
  if (text[at - 1] === JOINER || isLowHalf(text, at)) return false;
  return !GOES_ON.test(text.slice(at, at + 2));
}

/** The second half of a letter that takes two units. */
function isLowHalf(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}
