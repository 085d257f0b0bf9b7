/**
 * An inverted index: terms → the items that have them, with prefixes and typos, ranked by BM25+ (Lv & Zhai 2011).
 *
 * It consists of a few typed arrays and one list of sorted terms: 5 MB for all names of 17,562 titles.
 */
import { TimeSlice } from '../time-slice.ts';
import { SortedTerms } from './sorted-terms.ts';

export interface SearchedTerm {
  readonly term: string;
  /** also match terms that begin with it */
  readonly prefix: boolean;
  /** it may still be being typed: what is missing of a longer term counts little */
  readonly unfinished?: boolean;
  /** the largest edit distance: letters that may be wrong, missing or extra */
  readonly typos: number;
}

export interface Hit {
  readonly item: number;
  readonly score: number;
  /** how much of what was searched for the item has, from 0 to 1: terms by their rarity, letters of each that match */
  readonly share: number;
}

/** A term of the index that matches a searched term, and the weight of that match. */
interface Match {
  readonly at: number;
  readonly weight: number;
  /** letters that match, of the longer term: from 0 to 1 */
  readonly likeness: number;
}

/** BM25+: low K, so that a repeated term adds little; low B, so that items with many terms are hardly penalised. */
const K = 0.2;
const B = 0.2;
const DELTA = 0.5;
/** Weights of a prefix match and of a misspelt one, relative to an exact match, before lengths are compared. */
const PREFIX = 0.3;
const TYPO = 0.3;
/** A misspelt term has this much of the right one: of four letters three. */
const MIN_LIKENESS = 0.7;

/** Term t has the entries starts[t] to starts[t + 1], exclusive: an item, and how often it has the term. */
interface Entries {
  readonly terms: SortedTerms;
  readonly starts: Uint32Array;
  readonly items: Uint32Array;
  readonly counts: Uint8Array;
}

export class TermIndex {
  /** by item, for the term that is being scored; all 0 between two terms */
  readonly #termScores: Float64Array;
  /** the items that have a score for it */
  readonly #touched: Uint32Array;
  /** by item, for the term that is being scored: the likeness of its best match */
  readonly #likeness: Float32Array;

  private constructor(
    private readonly entries: Entries,
    /** of each item: its number of terms divided by the mean */
    private readonly lengths: Float32Array,
    private readonly boosts: Float64Array,
  ) {
    this.#termScores = new Float64Array(boosts.length);
    this.#touched = new Uint32Array(boosts.length);
    this.#likeness = new Float32Array(boosts.length);
  }

  /**
   * Builds the index, and yields to the event loop meanwhile.
   * @param termsOf terms of an item; one that occurs several times is repeated
   * @param boosts by item: a factor of its scores, above 0
   */
  static async of(
    termsOf: (item: number) => readonly string[],
    boosts: Float64Array,
  ): Promise<TermIndex> {
    const lists = new Map<string, number[]>();
    const lengths = new Float32Array(boosts.length);
    let total = 0;
    const slice = new TimeSlice();
    for (let item = 0; item < boosts.length; item++) {
      if (slice.over) await slice.next();
      const counts = countsOf(termsOf(item));
      lengths[item] = counts.size;
      total += counts.size;
      for (const [term, count] of counts) {
        const list = lists.get(term);
        if (list) list.push(item, count);
        else lists.set(term, [item, count]);
      }
    }
    const relative = lengths.map((length) => (length * boosts.length) / total);
    return new TermIndex(pack(lists, total), relative, boosts);
  }

  /** What each item scores for all terms together. */
  match(searched: readonly SearchedTerm[]): Matched {
    const scores = new Float64Array(this.boosts.length);
    const found = new Uint8Array(this.boosts.length);
    const shares = new Float32Array(this.boosts.length);
    let whole = 0;
    for (const each of searched) {
      const items = this.#score(each);
      const rarity = this.#rarity(each.term);
      whole += rarity;
      for (let n = 0; n < items; n++) {
        const item = this.#touched[n];
        scores[item] += this.#termScores[item];
        found[item]++;
        shares[item] += rarity * this.#likeness[item];
        this.#termScores[item] = 0;
        this.#likeness[item] = 0;
      }
    }
    return new Matched({ scores, found, shares, whole }, searched.length);
  }

  /** Of a term that no item has, the rarity of one that a single item has. */
  #rarity(term: string): number {
    const { terms, starts } = this.entries;
    const at = terms.lowerBound(term);
    const documents = terms.at(at) === term ? starts[at + 1] - starts[at] : 1;
    return this.#idf(documents);
  }

  #idf(documents: number): number {
    return Math.log(1 + (this.boosts.length - documents + 0.5) / (documents + 0.5));
  }

  /**
   * Writes the scores for one term into `#termScores`, and the items that have one into `#touched`.
   * @returns their number
   */
  #score(searched: SearchedTerm): number {
    const { starts, items, counts } = this.entries;
    const scores = this.#termScores;
    let touched = 0;
    for (const { at, weight, likeness } of this.matches(searched)) {
      const idf = this.#idf(starts[at + 1] - starts[at]);
      for (let entry = starts[at]; entry < starts[at + 1]; entry++) {
        const item = items[entry];
        const tf =
          (counts[entry] * (K + 1)) / (counts[entry] + K * (1 - B + B * this.lengths[item]));
        const score = weight * this.boosts[item] * idf * (DELTA + tf);
        if (scores[item] === 0) this.#touched[touched++] = item;
        // Of the words that match, the best counts: "naruto" and "narutimate" are not twice "nar".
        if (score > scores[item]) scores[item] = score;
        if (likeness > this.#likeness[item]) this.#likeness[item] = likeness;
      }
    }
    return touched;
  }

  /** The term itself, terms that begin with it, and terms within the allowed edit distance. */
  private matches({ term, prefix, typos, unfinished = false }: SearchedTerm): Match[] {
    const { terms } = this.entries;
    const matches: Match[] = [];
    const first = terms.lowerBound(term);
    const longer = terms.at(first) === term ? first + 1 : first;
    if (longer > first) matches.push({ at: first, weight: 1, likeness: 1 });
    const end = prefix ? terms.endOfPrefix(term, longer) : longer;
    for (let at = longer; at < end; at++) {
      const length = terms.lengthOf(at);
      const weight = (PREFIX * length) / (length + 0.3 * (length - term.length));
      const likeness = Math.max(term.length / length, unfinished ? MIN_LIKENESS : 0);
      matches.push({ at, weight, likeness });
    }
    for (const { at, distance } of typos > 0 ? terms.close(term, typos) : []) {
      if (at >= first && at < end) continue;
      const length = terms.lengthOf(at);
      const likeness = 1 - distance / Math.max(length, term.length);
      if (likeness < MIN_LIKENESS) continue;
      matches.push({ at, weight: (TYPO * length) / (length + distance), likeness });
    }
    return matches;
  }
}

interface ItemScores {
  readonly scores: Float64Array;
  /** how many of the terms each item has */
  readonly found: Uint8Array;
  /** rarities of the terms that each item has, weighted by likeness */
  readonly shares: Float32Array;
  /** rarities of all terms */
  readonly whole: number;
}

/** Scores of all items for a query. */
export class Matched {
  readonly #items: ItemScores;
  readonly #terms: number;

  constructor(items: ItemScores, terms: number) {
    this.#items = items;
    this.#terms = terms;
  }

  /** Items that have all terms, best first; equal scores by item. */
  all(): Hit[] {
    return this.#hits(Math.max(1, this.#terms));
  }

  /** Items that have some of the terms, but not all; more of them rank higher. */
  some(): Hit[] {
    return this.#hits(1, this.#terms - 1);
  }

  #hits(least: number, most = this.#terms): Hit[] {
    const { scores, found, shares, whole } = this.#items;
    const hits: Hit[] = [];
    for (let item = 0; item < scores.length; item++) {
      if (found[item] < least || found[item] > most) continue;
      hits.push({ item, score: scores[item] * found[item], share: shares[item] / whole });
    }
    return hits.sort((a, b) => b.score - a.score || a.item - b.item);
  }
}

function countsOf(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/**
 * @param lists by term: item, count, item, count, …
 * @param total number of entries
 */
function pack(lists: ReadonlyMap<string, readonly number[]>, total: number): Entries {
  const terms = new SortedTerms(lists.keys());
  const starts = new Uint32Array(terms.size + 1);
  const items = new Uint32Array(total);
  const counts = new Uint8Array(total);
  let at = 0;
  for (let t = 0; t < terms.size; t++) {
    const list = lists.get(terms.at(t) ?? '') ?? [];
    for (let n = 0; n < list.length; n += 2) {
      items[at] = list[n];
      counts[at++] = Math.min(list[n + 1], 255);
    }
    starts[t + 1] = at;
  }
  return { terms, starts, items, counts };
}
