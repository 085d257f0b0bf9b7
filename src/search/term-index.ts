/**
 * An inverted index: terms → the items that have them, with prefixes and typos, ranked by BM25+ (Lv & Zhai 2011).
 *
 * It consists of a few typed arrays and one list of sorted terms: 5 MB for all names of 17,562 titles. MiniSearch, which
 * gives the same scores, keeps maps of maps: 55 MB that the garbage collector traverses again and again.
 */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { SortedTerms } from './sorted-terms.ts';

export interface SearchedTerm {
  readonly term: string;
  /** also match terms that begin with it */
  readonly prefix: boolean;
  /** the largest edit distance: letters that may be wrong, missing or extra */
  readonly typos: number;
}

export interface Hit {
  readonly item: number;
  readonly score: number;
}

/** A term of the index that matches a searched term, and the weight of that match. */
interface Match {
  readonly at: number;
  readonly weight: number;
}

/** BM25+: low K, so that a repeated term adds little; low B, so that items with many terms are hardly penalised. */
const K = 0.2;
const B = 0.2;
const DELTA = 0.5;
/** Weights of a prefix match and of a misspelt one, relative to an exact match, before lengths are compared. */
const PREFIX = 0.3;
const TYPO = 0.3;
/** Items that are indexed before yielding to the event loop. */
const BATCH = 200;

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

  private constructor(
    private readonly entries: Entries,
    /** of each item: its number of terms divided by the mean */
    private readonly lengths: Float32Array,
    private readonly boosts: Float64Array,
  ) {
    this.#termScores = new Float64Array(boosts.length);
    this.#touched = new Uint32Array(boosts.length);
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
    for (let item = 0; item < boosts.length; item++) {
      if (item % BATCH === BATCH - 1) await yieldToEventLoop();
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
    for (const each of searched) {
      const items = this.#score(each);
      for (let n = 0; n < items; n++) {
        const item = this.#touched[n];
        scores[item] += this.#termScores[item];
        found[item]++;
        this.#termScores[item] = 0;
      }
    }
    return new Matched(scores, found, searched.length);
  }

  /**
   * Writes the scores for one term into `#termScores`, and the items that have one into `#touched`.
   * @returns their number
   */
  #score(searched: SearchedTerm): number {
    const { starts, items, counts } = this.entries;
    const scores = this.#termScores;
    let touched = 0;
    for (const { at, weight } of this.matches(searched)) {
      const documents = starts[at + 1] - starts[at];
      const idf = Math.log(1 + (scores.length - documents + 0.5) / (documents + 0.5));
      for (let entry = starts[at]; entry < starts[at + 1]; entry++) {
        const item = items[entry];
        const tf =
          (counts[entry] * (K + 1)) / (counts[entry] + K * (1 - B + B * this.lengths[item]));
        if (scores[item] === 0) this.#touched[touched++] = item;
        scores[item] += weight * this.boosts[item] * idf * (DELTA + tf);
      }
    }
    return touched;
  }

  /** The term itself, terms that begin with it, and terms within the allowed edit distance. */
  private matches({ term, prefix, typos }: SearchedTerm): Match[] {
    const { terms } = this.entries;
    const matches: Match[] = [];
    const first = terms.lowerBound(term);
    const longer = terms.at(first) === term ? first + 1 : first;
    if (longer > first) matches.push({ at: first, weight: 1 });
    const end = prefix ? terms.endOfPrefix(term, longer) : longer;
    for (let at = longer; at < end; at++) {
      const length = terms.lengthOf(at);
      matches.push({ at, weight: (PREFIX * length) / (length + 0.3 * (length - term.length)) });
    }
    for (const { at, distance } of typos > 0 ? terms.close(term, typos) : []) {
      if (at >= first && at < end) continue;
      const length = terms.lengthOf(at);
      matches.push({ at, weight: (TYPO * length) / (length + distance) });
    }
    return matches;
  }
}

/** Scores of all items for a query. */
export class Matched {
  readonly #scores: Float64Array;
  /** how many of the terms each item has */
  readonly #found: Uint8Array;
  readonly #terms: number;

  constructor(scores: Float64Array, found: Uint8Array, terms: number) {
    this.#scores = scores;
    this.#found = found;
    this.#terms = terms;
  }

  /** Items that have all terms, best first; equal scores by item. */
  all(): Hit[] {
    return this.#hits(Math.max(1, this.#terms));
  }

  /** Items that have any of the terms; more of them rank higher. */
  any(): Hit[] {
    return this.#hits(1);
  }

  #hits(least: number): Hit[] {
    const hits: Hit[] = [];
    for (let item = 0; item < this.#scores.length; item++) {
      const found = this.#found[item];
      if (found >= least) hits.push({ item, score: this.#scores[item] * found });
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
