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

  it('says the themes that titles share before their genres', () => {
    const both = ['Mystery', 'Vampire', 'Drama'];
    const themed = SHELF.catalogue.map((one, item) =>
      item < 2 ? { ...one, genres: both, themes: ['time-travel', 'vampires', 'food'] } : one,
    );
    const shelved = shelf(themed);
    const made = factsOf(shelved, listed(shelved.items, [0, 'completed', 10]), 1);
    expect(made.shared).toMatchObject({
      genres: both,
      themes: ['time-travel', 'vampires', 'food'],
    });
    expect(sentencesEn(made, 'romaji').join(' ')).toContain(
      'Time travel, food and mystery run through both',
    );
    expect(sentencesJa(made, 'japanese').join('')).toContain('タイムトラベル・料理・ミステリー');
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
      'Saga 2nd Season belongs to the same story as Saga, which you loved: 90\u00a0% of its score comes from there.',
    );
  });
});

describe('the template', () => {
  it('says in English what one title causes', () => {
    expect(templateText(TITLE, EN)).toBe(
      'This one is here because you loved Quiet Harbour: that alone is all of its score. Mystery and slice of life run through both, and Lantern made both. It is a 12-episode drama TV series from spring 2010, rated 7.5 by those who scored it and on 400,000 lists.',
    );
  });

  it('says it in Japanese', () => {
    expect(templateText(TITLE, JA)).toBe(
      'あなたが大好きな『静かな港町の物語』が、この作品のスコアのすべてを占めています。共通しているのはミステリー・日常で、どちらもLanternの制作です。2010年の全12話のドラマのTVシリーズで、採点した人の平均は7.5点、40万人のリストに入っています。',
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
      'You loved Quiet Harbour, and liked Monster Parade; together they are 60\u00a0% of this one’s score.',
    );
  });

  it('says in both languages that being known is most of the score, and what a title adds', () => {
    const because = [...TITLE.because, ...TITLE.because];
    const most = { score: 1, prior: 0.69, dominant: 'popularity' as const };
    const known = of({ ...most, because, causes: [cause(0.22, 9)] });
    expect(templateText(known, EN)).toContain(
      'Lamp of Winter is well known and loved by many, and that is 69\u00a0% of its score. Of your titles, Quiet Harbour speaks for it most and adds 22\u00a0%.',
    );
    expect(templateText(known, JA)).toContain(
      '『冬のともしび物語』は広く知られ、多くの人に愛されている作品で、それがスコアの69%です。あなたの作品の中では『静かな港町の物語』が一番の後押しで、22%が加わります。',
    );
    const one = of({ ...most, causes: [cause(0.22, 9)] });
    expect(templateText(one, EN)).toContain('Quiet Harbour, which you loved, adds 22\u00a0%.');
    expect(templateText(one, JA)).toContain(
      'あなたが大好きな『静かな港町の物語』から22%が加わります。',
    );
    const little = { ...known, anime: { ...known.anime, members: 900 } };
    expect(templateText(little, EN)).toContain('is liked by people of all tastes, and that is');
    expect(
      templateText(of({ score: 0, prior: 0, dominant: 'popularity', causes: [] }), EN),
    ).toMatch(/^Nothing that you like points to Lamp of Winter in particular\./);
  });

  it('names being known as the rest, and small hints only where they are the rest', () => {
    const few = { score: 1, dominant: 'few' as const, causes: [cause(0.4, 9)] };
    expect(templateText(of({ ...few, prior: 0.45 }), EN)).toContain(
      '40\u00a0% of the score comes from there; most of the rest is that it is well known and loved by many.',
    );
    expect(templateText(of({ ...few, prior: 0 }), EN)).toContain(
      'the rest is many smaller hints from your list.',
    );
    const one = { score: 1, prior: 0.4, dominant: 'one' as const, causes: [cause(0.55, 9)] };
    expect(templateText(of(one), EN)).toContain(
      'That it is well known and loved by many adds 40\u00a0%.',
    );
  });

  it('says what the second stage counts for the title, once', () => {
    const terms = [{ group: 'people' as const, value: 1 }];
    const order = { value: 1, terms, shown: ['people' as const, 'known' as const] };
    expect(templateText(of({ order }), EN)).toContain(
      'People with lists like yours liked it and it is widely known: that speaks for it, too.',
    );
    expect(templateText(of({ order }), JA)).toContain(
      '似たリストの人たちに好評、広く知られた作品であることも、後押しになっています。',
    );
    const known = of({ order, score: 1, prior: 0.9, dominant: 'popularity', causes: [] });
    expect(templateText(known, EN)).not.toContain('widely known');
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
      shared: { genres: [], themes: [], studios: [], source: null },
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
        const shared = { genres, themes: [], studios: [], source: 'Manga' };
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
