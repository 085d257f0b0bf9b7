/**
 * Terms → the items that have them, with prefixes and typos, ranked by BM25+ (Lv, Zhai 2011).
 *
 * Everything that is kept lies in a few typed arrays and one list of sorted terms, 5 MB for all names of 17,562
 * titles. MiniSearch, whose scores these are, keeps maps of maps: 55 MB that the collector of garbage goes through
 * again and again while lists are made.
 */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { SortedTerms } from './sorted-terms.ts';

export interface SearchedTerm {
  readonly term: string;
  /** terms that begin with it, too */
  readonly prefix: boolean;
  /** letters that may be wrong, missing or too many */
  readonly typos: number;
}

export interface Hit {
  readonly item: number;
  readonly score: number;
}

/** A term that stands for one searched: how much a hit by it weighs. */
interface Match {
  readonly at: number;
  readonly weight: number;
}

/** BM25+: a term that an item has twice says little more than once; many terms make no worse a hit. */
const K = 0.2;
const B = 0.2;
const DELTA = 0.5;
/** What a longer term and a misspelt one weigh beside the term itself, before their lengths are compared. */
const PREFIX = 0.3;
const TYPO = 0.3;
/** Items taken before other work gets its turn. */
const BATCH = 200;

/** Term t has the entries [starts[t], starts[t + 1]): an item, and how often it has the term. */
interface Entries {
  readonly terms: SortedTerms;
  readonly starts: Uint32Array;
  readonly items: Uint32Array;
  readonly counts: Uint8Array;
}

export class TermIndex {
  private constructor(
    private readonly entries: Entries,
    /** of each item: how many terms it has, in relation to the mean */
    private readonly lengths: Float32Array,
    private readonly boosts: Float64Array,
  ) {}

  /**
   * Takes turns with other work.
   * @param termsOf of each item, repeated as often as it has them
   * @param boosts of each item: what its scores are multiplied by, above 0
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
   * Best first; of equal ones the lower item.
   * @param every the items that have all terms; else those that have any, more of them the better
   */
  search(searched: readonly SearchedTerm[], every = true): Hit[] {
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
      if (found[item] === 0 || (every && found[item] < searched.length)) continue;
      hits.push({ item, score: scores[item] * found[item] });
    }
    return hits.sort((a, b) => b.score - a.score || a.item - b.item);
  }

  /** 0 where an item has nothing that stands for the term. */
  private scoresOf(searched: SearchedTerm): Float64Array {
    const { starts, items, counts } = this.entries;
    const scores = new Float64Array(this.boosts.length);
    for (const { at, weight } of this.matches(searched)) {
      const have = starts[at + 1] - starts[at];
      const rarity = Math.log(1 + (scores.length - have + 0.5) / (have + 0.5));
      for (let entry = starts[at]; entry < starts[at + 1]; entry++) {
        const item = items[entry];
        const often =
          (counts[entry] * (K + 1)) / (counts[entry] + K * (1 - B + B * this.lengths[item]));
        scores[item] += weight * this.boosts[item] * rarity * (DELTA + often);
      }
    }
    return scores;
  }

  /** The term itself, the terms that begin with it, and those a few letters away from it. */
  private matches({ term, prefix, typos }: SearchedTerm): Match[] {
    const { terms } = this.entries;
    const matches: Match[] = [];
    const first = terms.firstFrom(term);
    const longer = terms.at(first) === term ? first + 1 : first;
    if (longer > first) matches.push({ at: first, weight: 1 });
    const end = prefix ? terms.endOf(term, longer) : longer;
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
 * @param total of all entries
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
