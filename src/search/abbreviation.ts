/** Short forms that fans use: "fma", "aot", "jjk", "oreimo". They have few letters: each may double the ways to read them. */

/** Words that short forms may pass over: "snk" and "sk" are both Shingeki no Kyojin. */
const PARTICLES = new Set('no wo wa ga to ni na de mo e the of a an and in'.split(' '));

/**
 * Whether `letters` abbreviates the leading words of a title: the first letter of each word in turn, optionally followed
 * by more letters of that word in order. fma = F(ull)M(etal) A(lchemist), jjk = J(u)J(utsu) K(aisen). Particles may be
 * passed over.
 * @returns how many of the words are covered; 0 = no abbreviation (letters of a single word do not count)
 */
export function abbreviates(letters: string, words: readonly string[]): number {
  const covered = cover(letters, 0, words, 0);
  return covered >= 2 ? covered : 0;
}

/** How many words are covered at most when letters[at…] continue at words[word]; 0 when letters are left over. */
function cover(letters: string, at: number, words: readonly string[], word: number): number {
  if (at === letters.length) return word;
  if (word === words.length) return 0;
  const passed = word > 0 && PARTICLES.has(words[word]) ? cover(letters, at, words, word + 1) : 0;
  if (words[word][0] !== letters[at]) return passed;
  let best = passed;
  // Take 1, 2, … letters from this word; the earliest match of each letter is the best, as it leaves most of the word.
  for (let taken = at + 1, inside = 1; ; taken++) {
    best = Math.max(best, cover(letters, taken, words, word + 1));
    if (taken === letters.length) return best;
    inside = words[word].indexOf(letters[taken], inside) + 1;
    if (inside === 0) return best;
  }
}
