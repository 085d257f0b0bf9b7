import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Facts, factsOf } from '../../../src/explain/facts.ts';
import { knownNames } from '../../../src/explain/known-names.ts';
import type { Wording } from '../../../src/explain/language.ts';
import { templateText } from '../../../src/explain/template.ts';
import { sentencesEn } from '../../../src/explain/template-en.ts';
import { sentencesJa } from '../../../src/explain/template-ja.ts';
import { TitleGuard } from '../../../src/explain/title-guard.ts';
import { facts, SHELF } from '../../support/explain-catalogue.ts';
import { anime, CATALOGUE, listed, shelf } from '../../support/small-catalogue.ts';

const EN: Wording = { language: 'en', titles: 'romaji' };
const JA: Wording = { language: 'ja', titles: 'japanese' };
const TITLE = facts();
const cause = (share: number, rating: number | null, at = 0) => ({
  anime: SHELF.catalogue[at],
  share,
  rating,
  status: 'completed' as const,
});
const of = (part: Partial<Facts>): Facts => ({ ...TITLE, ...part });

describe('factsOf()', () => {
  it('gives the shares, what carries it, and what the titles have in common', () => {
    expect(TITLE).toMatchObject({
      dominant: 'one',
      because: [{ animeId: 0, share: 1 }],
      causes: [{ share: 1, rating: 10, status: 'completed' }],
      shared: { genres: ['Mystery', 'Slice of Life'], studios: ['Lantern'], source: 'Manga' },
    });
  });

  it('names no title that was turned down, and no reason that is set aside', () => {
    const dropped = factsOf(SHELF, listed(SHELF.items, [0, 'dropped', 3]), 1);
    expect(dropped).toMatchObject({ causes: [], dominant: 'popularity' });
    const aside = factsOf(SHELF, listed(SHELF.items, [0, 'completed', 10]), 1, { without: [0] });
    expect(aside).toMatchObject({ because: [], causes: [], score: 0 });
  });

  it('says when the title continues a story', () => {
    const world = shelf(CATALOGUE);
    const profile = listed(world.items, [20, 'completed', 9]);
    const weights = { ...world, models: { ...world.models } };
    expect(factsOf(weights, profile, 3).dominant).toBe('popularity'); // nothing was learned from it
    expect(
      templateText(
        {
          ...factsOf(weights, profile, 3),
          dominant: 'story',
          causes: [{ ...cause(0.9, 9), anime: CATALOGUE[2] }],
        },
        EN,
      ),
    ).toContain(
      'Saga 2nd Season belongs to the same story as Saga, which you loved: 90\u00a0% of what your list says',
    );
  });
});

describe('the template', () => {
  it('says in English what one title causes', () => {
    expect(templateText(TITLE, EN)).toBe(
      'This one is here because you loved Quiet Harbour: it alone is all of what your list says for it. Mystery and slice of life run through both, and Lantern made both. It is a 12-episode drama TV series from spring 2010, rated 7.5 by those who scored it and on 400,000 lists.',
    );
  });

  it('says it in Japanese', () => {
    expect(templateText(TITLE, JA)).toBe(
      'あなたが大好きな『静かな港町の物語』が、この作品への後押しのすべてです。共通しているのはミステリー・日常で、どちらもLanternの制作です。2010年の全12話のドラマのTVシリーズで、採点した人の平均は7.5点、40万人のリストに入っています。',
    );
  });

  it('differs by what dominates, in both languages', () => {
    const two = [cause(0.4, 9), cause(0.2, 7, 4)];
    const variants: Partial<Facts>[] = [
      { dominant: 'few', causes: two },
      { dominant: 'many', causes: two },
      { dominant: 'popularity', causes: [] },
      { dominant: 'popularity', causes: [cause(1, null)] },
      { dominant: 'story', causes: [cause(0.7, 6)] },
    ];
    for (const wording of [EN, JA]) {
      const texts = variants.map((part) => templateText(of(part), wording));
      expect(new Set(texts).size).toBe(variants.length);
      for (const text of texts) expect(text).toMatch(wording === EN ? /^[A-Z].*\.$/ : /。$/);
    }
    expect(templateText(of({ dominant: 'few', causes: two }), EN)).toContain(
      'You loved Quiet Harbour, and liked Monster Parade; together they are 60\u00a0% of what your list says for this one.',
    );
  });

  it('leaves out what is not known', () => {
    const bare = anime({
      animeId: 5,
      title: 'Bare',
      type: null,
      episodes: null,
      year: null,
      genres: [],
      meanScore: null,
      studios: [],
      source: null,
      synopsis: null,
    });
    const nothing = of({
      anime: bare,
      causes: [],
      dominant: 'popularity',
      shared: { genres: [], studios: [], source: null },
    });
    expect(sentencesEn(nothing, 'romaji').at(-1)).toBe('It is a title.');
    expect(sentencesJa(nothing, 'japanese').at(-1)).toBe('作品です。');
    for (const wording of [EN, JA])
      expect(templateText(nothing, wording)).not.toMatch(/null|undefined|NaN| {2}/);
  });

  it('names no title outside the facts, and passes the check that a model has to pass', async () => {
    const known = await knownNames(SHELF.catalogue);
    const part = fc.record({
      dominant: fc.constantFrom('story', 'one', 'few', 'many', 'popularity') as fc.Arbitrary<
        Facts['dominant']
      >,
      item: fc.nat(4),
      causes: fc.uniqueArray(
        fc.record({
          item: fc.nat(4),
          share: fc.double({ min: 0.01, max: 1.2, noNaN: true }),
          rating: fc.option(fc.integer({ min: 5, max: 10 })),
        }),
        { minLength: 1, maxLength: 3, selector: ({ item }) => item },
      ),
      japanese: fc.boolean(),
    });
    fc.assert(
      fc.property(part, ({ dominant, item, causes, japanese }) => {
        const named = causes.map((one) => cause(one.share, one.rating, one.item));
        const anime = SHELF.catalogue[item];
        const genres = anime.genres.filter((genre) =>
          named.every((one) => one.anime.genres.includes(genre)),
        );
        const shared = { genres, studios: [], source: 'Manga' };
        const made = of({ dominant, anime, causes: named, shared });
        const sentences = japanese ? sentencesJa(made, 'japanese') : sentencesEn(made, 'romaji');
        const naming = new TitleGuard(known, made);
        for (const sentence of sentences) expect(naming.fault(sentence)).toBeNull();
        const said = new Set([made.anime, ...made.causes.map((one) => one.anime)]);
        for (const other of SHELF.catalogue.filter((title) => !said.has(title)))
          expect(sentences.join(' ')).not.toContain(other.title);
      }),
    );
  });
});
