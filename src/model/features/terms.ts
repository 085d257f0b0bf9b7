/** The words of a synopsis that say something about the title. */
import { WordTable } from './word-table.ts';

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

/** Numbers of a synopsis' terms, in order and as often as they occur; a term's number is when it was first met. */
export type TermReader = (synopsis: string | null) => number[];

/** Terms are lower case, plural -s and possessives cut. Each distinct word is looked at once, whatever its number. */
export function termReader(): TermReader {
  const numberOf = new Map<string, number>();
  const terms: number[] = [];
  const words = new WordTable((word) => {
    const term = readTerm(word);
    if (term === null) return -1;
    const known = numberOf.get(term);
    if (known !== undefined) return known;
    numberOf.set(term, numberOf.size);
    return numberOf.size - 1;
  });
  return (synopsis) => {
    terms.length = 0;
    if (synopsis !== null) words.read(synopsis.toLowerCase(), terms);
    return terms;
  };
}

/** null for a word that says nothing. */
function readTerm(word: string): string | null {
  const term = stem(word.replace(/['’]s?$/, ''));
  return term.length < 3 || STOP_WORDS.has(word) || STOP_WORDS.has(term) ? null : term;
}

/** Singular of a regular English plural; other words stay as they are. */
function stem(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && /[^su]s$/.test(word)) return word.slice(0, -1);
  return word;
}
