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
  private constructor(
    private readonly entries: Entries,
    /** of each item: its number of terms divided by the mean */
    private readonly lengths: Float32Array,
    private readonly boosts: Float64Array,
  ) {}

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

  /**
   * Best first; equal scores by item.
   * @param matchAll true: only items that match all terms; false: items that match any, where more matches rank higher
   */
  search(searched: readonly SearchedTerm[], matchAll = true): Hit[] {
    const scores = new Float64Array(this.boosts.length);
    const found = new Uint8Array(this.boosts.length);
    for (const each of searched) {
      const part = this.scoresOf(each);
      for (let item = 0; item < part.length; item++) {
        if (part[item] === 0) continue;
        scores[item] += part[item];
        found[item]++;
      }
    }
    const hits: Hit[] = [];
    for (let item = 0; item < scores.length; item++) {
      if (found[item] === 0 || (matchAll && found[item] < searched.length)) continue;
      hits.push({ item, score: scores[item] * found[item] });
    }
    return hits.sort((a, b) => b.score - a.score || a.item - b.item);
  }

  /** By item; 0 = no match. */
  private scoresOf(searched: SearchedTerm): Float64Array {
    const { starts, items, counts } = this.entries;
    const scores = new Float64Array(this.boosts.length);
    for (const { at, weight } of this.matches(searched)) {
      const documents = starts[at + 1] - starts[at];
      const idf = Math.log(1 + (scores.length - documents + 0.5) / (documents + 0.5));
      for (let entry = starts[at]; entry < starts[at + 1]; entry++) {
        const item = items[entry];
        const tf =
          (counts[entry] * (K + 1)) / (counts[entry] + K * (1 - B + B * this.lengths[item]));
        scores[item] += weight * this.boosts[item] * idf * (DELTA + tf);
      }
    }
    return scores;
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
