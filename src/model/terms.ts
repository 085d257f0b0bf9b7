/** The words of a synopsis that say something about the title. */

/** English words that say nothing about a story. Words in too many synopses are left out by their frequency, too. */
const STOP_WORDS = new Set(
  `about after again all also although and another any are around because been before being between both but can
  could does during each episode even ever every following for from had has have her here hers herself him himself
  his how however into its itself just like more most much must new not now off once one only other others our out
  over own same season series she should since some special story such than that the their them themselves then
  there these they this those through time too two under until upon very was way were what when where which while
  who whom whose why will with within without would written you your mal rewrite source anime`.split(
    /\s+/,
  ),
);

/** Each term with how often it occurs, lower case, plural -s and possessives cut. */
export function synopsisTerms(synopsis: string | null): Map<string, number> {
  const terms = new Map<string, number>();
  for (const [word] of (synopsis ?? '').toLowerCase().matchAll(/\p{L}[\p{L}'’-]{2,}/gu)) {
    const term = stem(word.replace(/['’]s?$/, ''));
    if (term.length < 3 || STOP_WORDS.has(word) || STOP_WORDS.has(term)) continue;
    terms.set(term, (terms.get(term) ?? 0) + 1);
  }
  return terms;
}

/** Singular of a regular English plural; other words stay as they are. */
function stem(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && /[^su]s$/.test(word)) return word.slice(0, -1);
  return word;
}
