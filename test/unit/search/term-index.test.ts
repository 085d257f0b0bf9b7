import fc from 'fast-check';
import MiniSearch from 'minisearch';
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
  return matchAll ? matched.all() : matched.any();
}

/** The library whose scores these are. */
function peer(items: readonly string[][], searched: readonly SearchedTerm[], matchAll: boolean) {
  const index = new MiniSearch<{ id: number; terms: string }>({
    fields: ['terms'],
    tokenize: (text) => text.split(' ').filter((each) => each !== ''),
    processTerm: (each) => each,
  });
  index.addAll(items.map((terms, id) => ({ id, terms: terms.join(' ') })));
  const hits = index.search(searched.map((each) => each.term).join(' '), {
    prefix: (_, at) => searched[at].prefix,
    fuzzy: (_, at) => searched[at].typos,
    weights: { fuzzy: 0.3, prefix: 0.3 },
    bm25: { k: 0.2, b: 0.2, d: 0.5 },
    boostDocument: (item) => boostOf(item as number),
    combineWith: matchAll ? 'AND' : 'OR',
  });
  return new Map(hits.map(({ id, score }) => [id as number, score]));
}

describe('TermIndex', () => {
  it('finds and scores as MiniSearch does', async () => {
    await fc.assert(
      fc.asyncProperty(documents, query, fc.boolean(), async (items, searched, matchAll) => {
        const hits = await found(items, searched, matchAll);
        const expected = peer(items, searched, matchAll);
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
