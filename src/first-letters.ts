/** The beginning of a text, without cutting a letter in two. */

const JOINER = '\u200d';
/** Code points that belong to the letter before them: accents, voicing marks, variants, emoji colours and joiners. */
const GOES_ON = /^[\p{Grapheme_Extend}\p{M}\p{Emoji_Modifier}\u200d]/u;

/** @param most UTF-16 units; a letter that does not fit entirely is left out */
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

/** Whether the unit is the second half of a surrogate pair. */
function isLowHalf(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}
