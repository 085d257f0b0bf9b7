import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SearchedTerm, TermIndex } from '../../../src/search/term-index.ts';

const letters = fc.constantFrom('a', 'b', 'c', 'é', '鋼');
const term = fc.string({ unit: letters, minLength: 1, maxLength: 7 });
const documents = fc.array(fc.array(term, { maxLength: 6 }), { minLength: 1, maxLength: 30 });
const query = fc.uniqueArray(
  fc.record({ term, prefix: fc.boolean(), typos: fc.integer({ min: 0, max: 2 }) }),
  { minLength: 1, maxLength: 3, selector: (each) => each.term },
);

/** What a title's being well known is in the search: any number above 0. */
const boostOf = (item: number) => 1 + (item % 5) / 3;

async function found(
  items: readonly string[][],
  searched: readonly SearchedTerm[],
  matchAll: boolean,
) {
  const index = await TermIndex.of(
    (item) => items[item],
    Float64Array.from(items, (_, n) => boostOf(n)),
  );
  const matched = index.match(searched);
  return matchAll ? matched.all() : [...matched.all(), ...matched.some()];
}

/** Edits from one term to another: a letter that is wrong, missing or extra, or two that are swapped. */
function edits(a: string, b: string): number {
  if (a === '' || b === '') return Math.max(a.length, b.length);
  const same = edits(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1);
  const all = [same, edits(a.slice(1), b) + 1, edits(a, b.slice(1)) + 1];
  if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0])
    all.push(edits(a.slice(2), b.slice(2)) + 1);
  return Math.min(...all);
}

/** What a term of an item weighs for a searched one, without an index; null = it does not match. */
function weightOf(own: string, { term, prefix, typos }: SearchedTerm): number | null {
  if (own === term) return 1;
  const { length } = own;
  if (prefix && own.startsWith(term))
    return (0.3 * length) / (length + 0.3 * (length - term.length));
  const distance = edits(own, term);
  if (distance > typos || own[0] !== term[0]) return null;
  return 1 - distance / Math.max(length, term.length) < 0.7
    ? null
    : (0.3 * length) / (length + distance);
}

/** BM25+ with k = b = 0.2 and δ = 0.5, by its definition; of an item's terms the best one counts. */
function plain(items: readonly string[][], searched: readonly SearchedTerm[], matchAll: boolean) {
  const sizes = items.map((terms) => new Set(terms).size);
  const mean = sizes.reduce((sum, size) => sum + size, 0) / items.length;
  const scores = items.map((terms, item) => {
    let [score, found] = [0, 0];
    for (const each of searched) {
      const values = [...new Set(terms)].flatMap((own) => {
        const weight = weightOf(own, each);
        if (weight === null) return [];
        const documents = items.filter((other) => other.includes(own)).length;
        const idf = Math.log(1 + (items.length - documents + 0.5) / (documents + 0.5));
        const count = terms.filter((other) => other === own).length;
        const tf = (count * 1.2) / (count + 0.2 * (0.8 + (0.2 * sizes[item]) / mean));
        return [weight * boostOf(item) * idf * (0.5 + tf)];
      });
      if (values.length > 0) found++;
      score += Math.max(0, ...values);
    }
    return found >= (matchAll ? searched.length : 1) ? score * found : null;
  });
  return new Map(scores.flatMap((score, item) => (score === null ? [] : [[item, score]])));
}

describe('TermIndex', () => {
  it('finds and scores as the definition says', async () => {
    await fc.assert(
      fc.asyncProperty(documents, query, fc.boolean(), async (items, searched, matchAll) => {
        const hits = await found(items, searched, matchAll);
        const expected = plain(items, searched, matchAll);
        expect(hits.map(({ item }) => item).sort((a, b) => a - b)).toEqual(
          [...expected.keys()].sort((a, b) => a - b),
        );
        for (const { item, score } of hits) expect(score).toBeCloseTo(expected.get(item) ?? 0, 5);
      }),
      { numRuns: 300 },
    );
  });

  it('puts the best first, and of equal ones the first', async () => {
    const items = [['b', 'c'], ['a', 'b'], ['a'], ['a']];
    const index = await TermIndex.of((item) => items[item], new Float64Array(4).fill(1));
    const hits = index.match([{ term: 'a', prefix: false, typos: 0 }]).all();
    expect(hits.map(({ item }) => item)).toEqual([2, 3, 1]);
  });

  it('finds nothing among no items, for no terms, and in items without terms', async () => {
    const a = [{ term: 'a', prefix: true, typos: 2 }];
    expect(await found([], a, true)).toEqual([]);
    expect(await found([['a']], [], true)).toEqual([]);
    expect(await found([[], []], a, true)).toEqual([]);
  });
});
